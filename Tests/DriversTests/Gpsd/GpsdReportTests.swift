import Drivers
import Testing

@Suite struct GpsdReportTests {
    @Test func `a TPV is read with everything it has`() throws {
        let line =
            #"{"class":"TPV","device":"/dev/ttyACM0","mode":3,"time":"2026-11-20T12:00:02.500Z","#
            + #""ept":0.005,"lat":-33.5,"lon":151.25,"altHAE":46.1,"altMSL":2.6,"epx":3.0,"#
            + #""epy":4.0,"epv":32.2,"track":340.5,"speed":1.5,"geoidSep":43.5}"#
        guard case .position(let position) = GpsdReport(line: bytes(line)) else {
            Issue.record("not a position")
            return
        }
        var expected = GpsdPosition()
        expected.device = "/dev/ttyACM0"
        expected.mode = 3
        expected.unixSeconds = 1_795_176_002.5
        expected.latitudeDegrees = -33.5
        expected.longitudeDegrees = 151.25
        expected.ellipsoidHeightMeters = 46.1
        expected.seaLevelHeightMeters = 2.6
        expected.geoidSeparationMeters = 43.5
        expected.horizontalErrorMeters = 5
        expected.verticalErrorMeters = 32.2
        expected.speedMetersPerSecond = 1.5
        expected.trackDegrees = 340.5
        #expect(position == expected)
    }

    @Test func `a TPV without a fix has a mode and nothing else`() {
        var expected = GpsdPosition()
        expected.device = "/dev/pts/7"
        expected.mode = 1
        let line = #"{"class":"TPV","device":"/dev/pts/7","mode":1}"#
        #expect(GpsdReport(line: bytes(line)) == .position(expected))
    }

    @Test func `nothing of an earlier line is left in a later one`() {
        _ = GpsdReport(
            line: bytes(
                #"{"class":"TPV","device":"/dev/a","mode":3,"lat":1.0,"lon":2.0,"speed":9.0}"#))
        _ = GpsdReport(
            line: bytes(#"{"class":"SKY","device":"/dev/a","satellites":[{"PRN":1,"used":true}]}"#))
        var expected = GpsdPosition()
        expected.device = "/dev/b"
        expected.mode = 2
        #expect(
            GpsdReport(line: bytes(#"{"class":"TPV","device":"/dev/b","mode":2}"#))
                == .position(expected))
    }

    @Test(arguments: [
        (
            #"{"class":"VERSION","release":"3.25","rev":"3.25","proto_major":3,"proto_minor":15}"#,
            GpsdReport.version(release: "3.25", protocolMajor: 3, protocolMinor: 15)
        ),
        (#"{"class":"DEVICES","devices":[]}"#, .devices(count: 0)),
        (
            #"{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/a"},{"class":"DEVICE","path":"/dev/b"}]}"#,
            .devices(count: 2)
        ),
        (
            #"{"class":"DEVICE","path":"/dev/serial/by-id/usb-\"x\"","activated":0}"#,
            .device(path: #"/dev/serial/by-id/usb-"x""#, isActive: false)
        ),
        (
            #"{"class":"DEVICE","path":"/dev/a","activated":"2026-11-21T03:23:52.077Z","readonly":"true"}"#,
            .device(path: "/dev/a", isActive: true)
        ),
        (
            #"{"class":"ERROR","message":"Unrecognized request '?BOGUS;\n'"}"#,
            .error(message: #"Unrecognized request '?BOGUS;\n'"#)
        ),
        (#"{"class":"SKY","device":"/dev/a","hdop":0.90,"uSat":6}"#, .other),
        (
            #"{"class":"SKY","satellites":[{"PRN":1,"used":true},{"PRN":2,"used":false}]}"#,
            .satellites(used: 1, visible: 2)
        ),
        (#"{"class":"WATCH","enable":true,"json":true}"#, .other),
        (#"{"class":"GST","rms":1.0}"#, .other),
        (#"{"class":"IMU","nested":{"a":[1,{"b":"}"}]}}"#, .other),
    ])
    func `a report is what its class says`(line: String, report: GpsdReport) {
        #expect(GpsdReport(line: bytes(line)) == report)
    }

    @Test(arguments: [
        "", "$GPGGA,120000.00*47", "{", "{}", "[]", #"{"class"}"#, #"{"class":3}"#,
        #"{"class":"TPV","mode":3"#, #"{"class":"TPV","mode":}"#, #"{"class":"TPV","mode":3}x"#,
        #"{"class":"DEVICE"}"#, #"{"class":"x\"#,
        #"{"a":[[[[[[[[[[[[1]]]]]]]]]]]],"class":"WATCH"}"#,
    ])
    func `what is not a report is skipped`(line: String) {
        #expect(GpsdReport(line: bytes(line)) == nil)
    }

    @Test func `damaged lines never trap`() throws {
        let lines = try Transcript("gpsd/dirty-3.25").fromDevice.prefix(30).map(\.bytes)
        for (index, line) in lines.enumerated() {
            for cut in stride(from: 0, to: line.count, by: 7) {
                _ = GpsdReport(line: Array(line[..<cut]))
                var damaged = line
                damaged[cut] = UInt8(truncatingIfNeeded: cut &* 31 &+ index)
                _ = GpsdReport(line: damaged)
            }
        }
    }
}
