import Engine
import Recording
import TestSupport
import Testing

@testable import Simulation

@Suite(.quiet) struct LogImportTests {
    private static let reports = (0..<10).map { TestImport.report(second: $0) + "\r\n" }.joined()

    private static let terminal = """
        \\dump_state
        1
        1
        min_az=0.000000
        max_az=450.000000
        min_el=0.000000
        max_el=90.000000
        south_zero=0
        rot_type=AzEl
        done
        p
        0.00
        0.00
        P 60.00 30.00
        RPRT 0
        p
        1.50
        1.50
        S
        RPRT 0
        p
        3.00
        3.00
        """

    @Test func `gpsd's lines become a recording that replays to the last bit`() throws {
        let fixture = try TestImport.fixture(of: Self.reports)
        #expect(fixture.kind == .gpsd)
        #expect(fixture.items == 10)
        #expect(fixture.fixes == 10)
        #expect(fixture.unused == 0)
        #expect(fixture.virtualTime > .seconds(14) && fixture.virtualTime < .seconds(15))
        let replayed = try Replayed(fixture.bytes)
        #expect(replayed.divergence == nil)
        #expect(replayed.header.pace == .virtual)
        // The receiver's clock is the station's, but for the moment of connecting.
        #expect(replayed.header.utc == ReportTime.parse("2026-11-20T12:00:00Z"))
        #expect(
            replayed.texts(.output, "gpsd", "send") == ["?WATCH={\"enable\":true,\"json\":true};\n"]
        )
        #expect(replayed.texts(.input, "gpsd", "received").count == 11)
    }

    @Test func `rotctld's text becomes a rotor that obeys as it did then`() throws {
        let fixture = try TestImport.fixture(of: Self.terminal)
        #expect(fixture.kind == .rotctldText)
        #expect(fixture.items == 6)
        #expect(fixture.unused == 0)
        let replayed = try Replayed(fixture.bytes)
        #expect(replayed.divergence == nil)
        let sent = replayed.texts(.output, "rotctld/1", "send")
        #expect(sent.contains("P 60.00 30.00\n"))
        #expect(sent.contains("S\n"))
        #expect(replayed.texts(.input, "rotctld/1", "received").contains("3.00\n3.00\n"))
    }

    @Test func `a receiver's bytes are played as gpsd reads them, without its accidents`() throws {
        let decoded =
            #"{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/pts/7","#
            + #""activated":"2026-11-21T07:41:01.284Z","bps":38400}]}"# + "\r\n" + Self.reports
        let log = Array("$GPGGA,120000.00,,,,,0,00,99.9,,,,,,*5C\r\n".utf8)
        let fixture = try TestImport.fixture(of: log, decoded: decoded)
        #expect(fixture.kind == .receiver)
        #expect(fixture.fixes == 10)
        let text = String(decoding: fixture.bytes, as: UTF8.self)
        #expect(!text.contains("/dev/pts/7"))
        #expect(!text.contains("07:41:01"))
        #expect(text.contains("/dev/receiver"))
    }

    @Test func `what gpsd cannot do is said`() {
        let log = Array("$GPGGA,120000.00,,,,,0,00,99.9,,,,,,*5C\r\n".utf8)
        #expect(throws: ImportProblem.gpsd("no gpsd here")) { try TestImport.fixture(of: log) }
    }

    @Test(arguments: [reports, terminal])
    func `the same log makes the same bytes, and another seed others`(log: String) throws {
        let first = try TestImport.fixture(of: log, seed: 7).bytes
        #expect(try TestImport.fixture(of: log, seed: 7).bytes == first)
        #expect(try TestImport.fixture(of: log, seed: 8).bytes != first)
    }

    @Test func `a file over the bound is refused`() {
        var limits = ImportLimits()
        limits.fileBytes = 100
        #expect(throws: ImportProblem.tooLarge(100)) {
            try TestImport.fixture(of: Self.reports, limits: limits)
        }
    }

    @Test func `a line over the bound is named`() {
        let log = Self.reports + "{" + String(repeating: " ", count: 2 << 20) + "}"
        #expect(throws: ImportProblem.lineTooLong(line: 11, limit: 1 << 20)) {
            try TestImport.fixture(of: log)
        }
    }

    @Test func `a log over the longest time is refused`() {
        var limits = ImportLimits()
        limits.longest = .seconds(5)
        #expect(throws: ImportProblem.tooLong(.seconds(5))) {
            try TestImport.fixture(of: Self.reports, limits: limits)
        }
    }

    @Test func `a rotctld that answers nonsense still makes a fixture`() throws {
        let fixture = try TestImport.fixture(of: "p\nyes\nP 1 1\nRPRT 0\n")
        #expect(try Replayed(fixture.bytes).divergence == nil)
    }

    @Test func `a rotctld that no greeting suits is said`() {
        let log = "\\dump_state\nyes\n+p\nget_pos:\nAzimuth: 1.0\nElevation: 1.0\nRPRT 0\n"
        #expect(throws: ImportProblem.neverReached) { try TestImport.fixture(of: log) }
    }

    /// Hostile files: none may crash, and each must be over soon.
    private static let hostile: [[UInt8]] = [
        [], [0], [0x24], [0x0A], Array("{".utf8), Array("{}".utf8), Array("#".utf8),
        [UInt8](repeating: 0x41, count: 10 << 20),
        Array(#"{"class":"TPV","#.utf8) + [UInt8](repeating: 0x20, count: 10 << 20),
        Array(#"{"t":1e400,"dir":"<","data":"{\"class\":\"TPV\"}"}"#.utf8),
        Array(#"{"t":-1,"dir":"<","data":"x"}"#.utf8),
        Array(#"{"t":"0","dir":"<","data":"{\"class\":\"TPV\"}"}"#.utf8),
        Array(#"{"boresight":"recording"}"#.utf8),
        Array((String(repeating: "[", count: 100_000)).utf8),
        Array((#"{"t":0,"dir":">","data":"p\n"}"# + "\n" + #"{"t":9,"dir":"<","data":""}"#).utf8),
        Array(
            (#"{"t":5,"dir":">","data":"p\n"}"# + "\n" + #"{"t":1,"dir":"<","data":"0\n0\n"}"#).utf8
        ),
        Array("p\n\n\n\np\nP 1 1\n".utf8), Array("p\nnan\ninf\n".utf8),
        [0xB5, 0x62, 0xFF, 0xFF, 0xFF, 0xFF], [0xA0, 0xA2, 0, 0, 0, 0, 0, 0], [0xD3, 3, 255],
    ]

    @Test(arguments: hostile.indices)
    func `a broken file is a problem and nothing worse`(index: Int) {
        #expect(throws: ImportProblem.self) { try TestImport.fixture(of: Self.hostile[index]) }
    }

    @Test func `noise and damaged logs never crash the import`() throws {
        var random = SeededRandom(seed: 5, purpose: "hostile logs")
        let logs = [
            Array(Self.reports.utf8), Array(Self.terminal.utf8),
            try FixtureFolder.bytes("gpsd/restart-3.22.jsonl"),
            try FixtureFolder.bytes("rotctld/disconnect-4.5.4.jsonl"),
        ]
        var imported = 0
        for round in 0..<120 {
            var log = logs[round % logs.count]
            for _ in 0..<(1 + round % 8) {
                let place = Int(random.next() % UInt64(log.count))
                switch random.next() % 3 {
                case 0: log[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: log.removeSubrange(place..<min(log.count, place + 40))
                default: log.insert(contentsOf: log[place...].prefix(60), at: place)
                }
            }
            if (try? TestImport.fixture(of: log)) != nil { imported += 1 }
        }
        // Damage in a value leaves a log that can be played.
        #expect(imported > 20)
    }
}
