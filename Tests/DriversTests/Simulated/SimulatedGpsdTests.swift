import Drivers
import Engine
import Testing

@Suite struct SimulatedGpsdTests {
    private let watchCommand = bytes("?WATCH={\"enable\":true,\"json\":true};\n")
    private let noon = UTCTime(nanoseconds: 1_795_176_000_000_000_000)

    private func make(_ position: GPSFix.Position? = nil) -> SimulatedGpsd {
        let home = GPSFix.Position(
            latitudeDegrees: 51.999, longitudeDegrees: -4.372, altitudeMeters: 46.2)
        return SimulatedGpsd(path: SimulatedReceiverPath(wayPoints: [position ?? home]))
    }

    private func makeWatched(_ position: GPSFix.Position? = nil) -> SimulatedGpsd {
        var gpsd = make(position)
        _ = gpsd.connect()
        _ = gpsd.receive(watchCommand)
        return gpsd
    }

    private func epoch(_ gpsd: inout SimulatedGpsd, second: Int) -> [UInt8] {
        gpsd.epoch(
            at: Instant.start.advanced(by: .seconds(second)),
            utc: noon.advanced(by: .seconds(second)), noise: (0, 0))
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private func lines(_ bytes: [UInt8]) throws -> [String] {
        var splitter = GpsdLineSplitter()
        return try splitter.receive(bytes).map(text)
    }

    private func reports(_ bytes: [UInt8]) throws -> [GpsdReport?] {
        var splitter = GpsdLineSplitter()
        return try splitter.receive(bytes).map { GpsdReport(line: $0) }
    }

    /// A recorded line with the path and the times of the simulated receiver in it.
    private func recorded(_ beginning: String) throws -> String {
        let line = try #require(
            try Transcript("gpsd/device-removed-3.25").fromDevice.first {
                $0.data.hasPrefix("{\"class\":" + beginning)
            })
        return line.data.replacing("/dev/pts/2", with: SimulatedGpsd.devicePath)
            .replacing(/"activated":"[^"]*"/, with: "\"activated\":\"2026-11-20T12:00:01.000Z\"")
    }

    // MARK: Conversation

    @Test func `what it says of itself is what gpsd 3-25 said, to the byte`() throws {
        var gpsd = make()
        #expect(try text(gpsd.connect()) == recorded("\"VERSION\""))
        let answer = text(gpsd.receive(watchCommand))
        #expect(try answer.hasSuffix(recorded("\"WATCH\"")))
        let first = text(epoch(&gpsd, second: 1))
        #expect(
            try first.hasPrefix(recorded("\"DEVICE\",\"path\":\"/dev/pts/2\",\"driver\"")))
        let asked = text(gpsd.receive(bytes("?DEVICES;\n")))
        let device = try lines(Array(first.utf8))[0]
        #expect(asked == "{\"class\":\"DEVICES\",\"devices\":[\(device)]}\r\n")
    }

    @Test func `a report has no member that gpsd's has not, and all in gpsd's order`() throws {
        var gpsd = makeWatched()
        let said = try lines(epoch(&gpsd, second: 1))
        let transcript = try Transcript("gpsd/vehicle-3.25").fromDevice.map(\.data)
        for name in ["TPV", "SKY"] {
            let start = "{\"class\":\"\(name)\""
            let mine = try #require(said.first { $0.hasPrefix(start) })
            let theirs = try #require(
                transcript.filter { $0.hasPrefix(start) }.max { $0.count < $1.count })
            func members(_ line: String) -> [String] {
                line.prefix { $0 != "[" }.matches(of: /"([a-zA-Z]+)":/).map { String($0.1) }
            }
            #expect(members(mine) == members(theirs).filter(members(mine).contains))
        }
    }

    @Test func `a request is understood however it is cut`() {
        let requests = watchCommand + bytes("?DEVICES;?VERSION;\n")
        var whole = make()
        _ = whole.connect()
        let expected = whole.receive(requests)
        #expect(text(expected).split(separator: "\r\n").count == 4)
        for pieces in everySplit(of: requests) {
            var gpsd = make()
            _ = gpsd.connect()
            #expect(pieces.flatMap { gpsd.receive($0) } == expected)
        }
    }

    @Test(arguments: [
        ("?BOGUS;\n", "{\"class\":\"ERROR\",\"message\":\"Unrecognized request '?BOGUS;'\"}\r\n"),
        (
            "?A\"\\\u{1}\n",
            #"{"class":"ERROR","message":"Unrecognized request '?A\"\\\u0001\n'"}"# + "\r\n"
        ),
        ("GET / HTTP/1.0\r\n\r\n", ""),
        (";;\n\n", ""),
    ])
    func `what it does not know is an error when it begins with a question mark`(
        request: String, answer: String
    ) throws {
        var gpsd = make()
        _ = gpsd.connect()
        let said = gpsd.receive(bytes(request))
        #expect(text(said) == answer)
        #expect(try reports(said).allSatisfy { $0 != nil })
    }

    @Test func `a request that is too long is not understood, and the next one is`() {
        var gpsd = make()
        _ = gpsd.connect()
        let longest = SimulatedDeviceLimits.commandBytes
        let fits = bytes("?DEVICES" + String(repeating: " ", count: longest - 9) + ";")
        let tooLong = bytes("?DEVICES" + String(repeating: " ", count: longest - 8) + ";")
        #expect(!gpsd.receive(fits).isEmpty)
        #expect(gpsd.receive(tooLong).isEmpty)
        #expect(!gpsd.receive(fits).isEmpty)
    }

    @Test(arguments: [
        ("?WATCH={\"enable\":true};\n", false),
        ("?WATCH={\"json\":true}\n", true),
        ("?WATCH={\"enable\":true,\"json\":tr;\n", false),
        ("?WATCH={ \"enable\" : true , \"json\" : true };\n", true),
        ("?WATCH={\"enable\":false,\"json\":true};\n", false),
        ("?WATCH;\n", false),
    ])
    func `reports go to whom asked for them`(request: String, isServed: Bool) {
        var gpsd = make()
        _ = gpsd.connect()
        #expect(epoch(&gpsd, second: 1).isEmpty)
        _ = gpsd.receive(bytes(request))
        #expect(epoch(&gpsd, second: 2).isEmpty == !isServed)
    }

    @Test func `watching ends with the connection`() {
        var gpsd = makeWatched()
        #expect(!epoch(&gpsd, second: 1).isEmpty)
        _ = gpsd.receive(bytes("?WATCH={\"enable\":fal"))
        _ = gpsd.connect()
        #expect(epoch(&gpsd, second: 2).isEmpty)
        _ = gpsd.receive(watchCommand)
        #expect(!epoch(&gpsd, second: 3).isEmpty)
        gpsd.disconnect()
        #expect(epoch(&gpsd, second: 4).isEmpty)
    }

    // MARK: Reports

    @Test func `an epoch's bytes follow from what goes in, and are these`() {
        var gpsd = makeWatched()
        _ = epoch(&gpsd, second: 1)
        var other = gpsd
        let said = epoch(&gpsd, second: 2)
        #expect(epoch(&other, second: 2) == said)
        let position =
            #"{"class":"TPV","device":"/dev/ttyUSB0","mode":3,"time":"2026-11-20T12:00:02.000Z","#
            + #""ept":0.005,"lat":51.999000000,"lon":-4.372000000,"altHAE":46.2000,"#
            + #""speed":0.000,"eph":0.100}"#
        #expect(text(said) == position + "\r\n")
    }

    @Test func `positions that go in come out, within a billionth of a degree`() throws {
        var random = SeededRandom(seed: 11, purpose: "simulated-gpsd")
        for _ in 0..<3000 {
            let position = GPSFix.Position(
                latitudeDegrees: 180 * random.unit() - 90,
                longitudeDegrees: 360 * random.unit() - 180,
                altitudeMeters: 9500 * random.unit() - 500)
            var gpsd = makeWatched(position)
            let said = try reports(epoch(&gpsd, second: 1))
            guard case .position(let decoded) = said[1] else {
                Issue.record("\(said)")
                return
            }
            let latitude = try #require(decoded.latitudeDegrees)
            let longitude = try #require(decoded.longitudeDegrees)
            let height = try #require(decoded.ellipsoidHeightMeters)
            #expect(abs(latitude - position.latitudeDegrees) <= 1.001e-9)
            #expect(abs(longitude - position.longitudeDegrees) <= 1.001e-9)
            #expect(abs(height - (position.altitudeMeters ?? .nan)) <= 1.001e-3)
            #expect(said[2] == .satellites(used: 8, visible: 8))
        }
    }

    @Test func `a place without height is two-dimensional`() throws {
        var gpsd = makeWatched(GPSFix.Position(latitudeDegrees: 1, longitudeDegrees: 2))
        guard case .position(let decoded) = try reports(epoch(&gpsd, second: 1))[1] else {
            Issue.record("no position")
            return
        }
        #expect(decoded.mode == 2)
        #expect(decoded.ellipsoidHeightMeters == nil)
    }

    @Test func `a bad checksum leaves SKY alone, as in what gpsd was seen to do`() throws {
        var gpsd = makeWatched()
        _ = epoch(&gpsd, second: 1)
        gpsd.faults.badChecksum = true
        let mine = try (2...6).flatMap { try lines(epoch(&gpsd, second: $0)) }
        let theirs = try Transcript("gpsd/dirty-3.22").fromDevice.filter {
            (7.9...8.9).contains($0.t)
        }
        func classes(_ lines: [String]) -> [Substring] { lines.map { $0.prefix(14) } }
        #expect(classes(mine) == ["{\"class\":\"SKY\""])
        #expect(classes(theirs.map(\.data)) == ["{\"class\":\"SKY\"", "{\"class\":\"GST\""])
    }

    @Test func `satellites are listed to begin with, every fifth time, and when they change`()
        throws
    {
        var gpsd = makeWatched()
        func listed(_ second: Int) throws -> [GpsdReport?] {
            try reports(epoch(&gpsd, second: second)).filter {
                if case .satellites = $0 { true } else { false }
            }
        }
        let all = GpsdReport.satellites(used: 8, visible: 8)
        let heard = try (1...11).map(listed)
        #expect(heard == [[all], [], [], [], [], [all], [], [], [], [], [all]])
        gpsd.faults.withoutFix = true
        #expect(try listed(12) == [.satellites(used: 0, visible: 8)])
        #expect(try listed(13) == [])
        _ = gpsd.connect()
        _ = gpsd.receive(watchCommand)
        #expect(try listed(14).count == 1)
    }

    @Test func `a removal is told once, and so is the return`() throws {
        var gpsd = makeWatched()
        _ = epoch(&gpsd, second: 1)
        gpsd.faults.removed = true
        let path = SimulatedGpsd.devicePath
        #expect(try reports(epoch(&gpsd, second: 2)) == [.device(path: path, isActive: false)])
        #expect(epoch(&gpsd, second: 3).isEmpty)
        #expect(try reports(gpsd.receive(bytes("?DEVICES;"))) == [.devices(count: 0)])
        gpsd.faults.removed = false
        let back = try reports(epoch(&gpsd, second: 4))
        #expect(back.count == 3)
        #expect(back.prefix(2).allSatisfy { $0 == .device(path: path, isActive: true) })
        #expect(try reports(epoch(&gpsd, second: 5)).count == 1)
    }
}
