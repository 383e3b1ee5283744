import Drivers
import Engine
import Testing

@Suite struct GpsdSessionTests {
    private let watch = LinkAction.send(bytes("?WATCH={\"enable\":true,\"json\":true};\n"))
    private let probe = LinkAction.send(bytes("?DEVICES;\n"))
    private let connect = LinkAction.connect(host: "gps", port: 2947, timeout: .seconds(3))

    @Test func `the session waits for gpsd's greeting and then asks for reports`() {
        var bench = GpsdSessionBench()
        bench.handle(.start)
        bench.handle(.link(.connected))
        #expect(bench.takeLinks() == [connect])
        bench.pass(.seconds(4))
        bench.receive(#"{"class":"VERSION","release":"3.22","proto_major":3,"proto_minor":14}"#)
        #expect(bench.takeLinks() == [watch])
        #expect(bench.states.map(\.condition) == [.connecting])
        bench.receivePosition()
        #expect(bench.condition == .ready)
    }

    @Test func `whoever does not greet within five seconds is not gpsd`() {
        var bench = GpsdSessionBench()
        bench.handle(.start)
        bench.handle(.link(.connected))
        bench.receive(#"{"class":"TPV","mode":3}"#)
        bench.pass(.seconds(5))
        #expect(bench.takeLinks() == [connect, .close])
        #expect(bench.condition == .failed(.noGreeting))
        bench.pass(.milliseconds(250))
        #expect(bench.takeLinks() == [connect])
    }

    @Test
    func `reports stop: old after three seconds, gone after ten, then gpsd itself is doubted`() {
        var bench = GpsdSessionBench()
        bench.watch()
        for _ in 0..<5 {
            bench.receivePosition()
            bench.pass(.seconds(1))
        }
        bench.pass(.seconds(16))
        let seconds = bench.states.map { $0.since.nanoseconds / 1_000_000_000 }
        #expect(
            bench.states.map(\.condition) == [
                .connecting, .ready, .degraded(.stale), .failed(.silent), .failed(.replyTimedOut),
            ])
        #expect(seconds == [0, 0, 7, 14, 19])
    }

    @Test func `a gpsd that still answers keeps its connection while the receiver is gone`() {
        var bench = GpsdSessionBench()
        bench.watch()
        bench.receivePosition()
        bench.pass(.seconds(10))
        #expect(bench.takeLinks() == [probe])
        bench.receive(#"{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/a"}]}"#)
        bench.pass(.seconds(10))
        #expect(bench.takeLinks() == [probe])
        bench.receive(#"{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/a"}]}"#)
        bench.pass(.seconds(1))
        bench.receivePosition()
        #expect(bench.takeLinks() == [])
        #expect(
            bench.states.map(\.condition) == [
                .connecting, .ready, .degraded(.stale), .failed(.silent), .ready,
            ])
    }

    @Test func `a receiver that is removed is gone at once`() {
        var bench = GpsdSessionBench()
        bench.watch()
        bench.receivePosition()
        bench.receive(#"{"class":"DEVICE","path":"/dev/other","activated":0}"#)
        #expect(bench.condition == .ready)
        bench.receive(#"{"class":"DEVICE","path":"/dev/a","activated":0}"#)
        #expect(bench.condition == .failed(.noReceiver))
        bench.receivePosition()
        #expect(bench.condition == .ready)
    }

    @Test func `a gpsd without receivers is said to have none`() {
        var bench = GpsdSessionBench()
        bench.handle(.start)
        bench.handle(.link(.connected))
        bench.receive(#"{"class":"VERSION","release":"3.25","proto_major":3,"proto_minor":15}"#)
        bench.receive(#"{"class":"DEVICES","devices":[]}"#)
        #expect(bench.condition == .failed(.noReceiver))
        bench.pass(.seconds(12))
        #expect(bench.condition == .failed(.noReceiver))
    }

    @Test func `several reports of one moment become one fix with everything they know`() {
        var bench = GpsdSessionBench()
        bench.watch()
        bench.receivePosition(mode: 2)
        bench.pass(.milliseconds(20))
        bench.receivePosition(extra: #","altMSL":2.5,"geoidSep":43.5,"eph":17.1"#)
        bench.pass(.milliseconds(20))
        bench.receive(
            #"{"class":"SKY","satellites":[{"PRN":1,"used":true},{"PRN":2,"used":false}]}"#)
        bench.receivePosition(extra: #","epv":32.2"#)
        #expect(bench.fixes == [])
        bench.pass(.milliseconds(960))
        #expect(bench.fixes.count == 1)
        #expect(bench.fixTimes == [Instant.start.advanced(by: .milliseconds(250))])
        var expected = GPSFix(receivedAt: Instant.start.advanced(by: .milliseconds(40)))
        expected.mode = .threeDimensional
        expected.position = GPSFix.Position(
            latitudeDegrees: 52, longitudeDegrees: 4, altitudeMeters: 46)
        expected.horizontalErrorMeters = 17.1
        expected.verticalErrorMeters = 32.2
        expected.satellitesUsed = 1
        expected.satellitesVisible = 2
        expected.deviceUnixSeconds = 1_795_176_000
        #expect(bench.fixes.first == expected)
    }

    @Test func `the next moment shows the one before without waiting`() {
        var bench = GpsdSessionBench { $0.epochHold = .seconds(2) }
        bench.watch()
        bench.receivePosition()
        bench.pass(.seconds(1))
        bench.receivePosition()
        #expect(bench.fixTimes == [Instant.start.advanced(by: .seconds(1))])
    }

    @Test func `reports without a time are shown one by one`() {
        var bench = GpsdSessionBench()
        bench.watch()
        for _ in 0..<3 {
            bench.receive(#"{"class":"TPV","device":"/dev/a","mode":1}"#)
            bench.pass(.seconds(1))
        }
        #expect(bench.fixes.map(\.mode) == [.none, .none, .none])
        #expect(bench.condition == .ready)
    }

    @Test(arguments: [
        (3, "", false, GPSFix.Withheld.missing),
        (3, #","lat":99.0,"lon":4.0"#, false, .outOfRange),
        (2, #","lat":52.0,"lon":200.0"#, false, .outOfRange),
        (3, #","eph":1898.0"#, true, .imprecise),
    ])
    func `a position that cannot be believed is withheld, with the reason`(
        mode: Int, extra: String, place: Bool, reason: GPSFix.Withheld
    ) {
        var bench = GpsdSessionBench()
        bench.watch()
        bench.receivePosition(mode: mode, extra: extra, place: place)
        bench.pass(.seconds(1))
        #expect(bench.fixes.map(\.withheld) == [reason])
        #expect(bench.fixes.first?.position == nil)
        #expect(bench.fixes.first?.mode == GPSFix.Mode.none)
    }

    @Test func `of two receivers the first is listened to until it falls silent`() {
        var bench = GpsdSessionBench()
        bench.watch()
        for _ in 0..<3 {
            bench.receivePosition(mode: 3)
            bench.receivePosition(device: "/dev/b", mode: 2)
            bench.pass(.seconds(1))
        }
        #expect(bench.fixes.map(\.mode) == Array(repeating: .threeDimensional, count: 3))
        for _ in 0..<4 {
            bench.receivePosition(device: "/dev/b", mode: 2)
            bench.pass(.seconds(1))
        }
        #expect(bench.fixes.last?.mode == .twoDimensional)
    }

    @Test func `a line that never ends is not gpsd's`() {
        var bench = GpsdSessionBench()
        bench.watch()
        bench.handle(.link(.received([UInt8](repeating: 0x7B, count: 30_000))))
        #expect(bench.takeLinks() == [.close])
        #expect(bench.condition == .failed(.unexpectedReply))
    }

    @Test func `what a connection left half done does not reach the next one`() {
        var bench = GpsdSessionBench()
        bench.watch()
        bench.handle(.link(.received(bytes(#"{"class":"TPV","mo"#))))
        bench.handle(.link(.closed(.reset)))
        bench.pass(.milliseconds(250))
        bench.handle(.link(.connected))
        bench.receive(#"{"class":"VERSION","release":"3.25","proto_major":3,"proto_minor":15}"#)
        #expect(bench.takeLinks() == [connect, watch])
    }

    @Test func `a connection of which nothing is heard is given up`() {
        var bench = GpsdSessionBench()
        bench.handle(.start)
        bench.pass(.seconds(5))
        #expect(bench.takeLinks() == [connect, .close])
        bench.pass(.milliseconds(250))
        #expect(bench.takeLinks() == [connect])
    }

    @Test func `closing is for good`() {
        var bench = GpsdSessionBench()
        bench.watch()
        bench.handle(.close)
        bench.pass(.seconds(60))
        bench.handle(.start)
        #expect(bench.takeLinks() == [.close])
        #expect(bench.condition == .absent)
    }
}
