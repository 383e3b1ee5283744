import Engine
import JSON
import Testing

@testable import boresight

@Suite struct LogLineTests {
    private func line(
        _ level: LogLevel = .info, _ fields: [(name: String, value: String)] = []
    ) -> LogLine {
        LogLine(
            LogEntry(
                time: UTCTime(nanoseconds: 1_500_000_000), level: level, component: "rotor",
                message: "turned", fields: fields))
    }

    @Test func `a line for people begins with time, level and component`() {
        #expect(
            line(.info, [("rotor", "mast"), ("azimuth", "12.5")]).text(.text, .plain)
                == "1970-01-01T00:00:01.500Z info rotor turned rotor=mast azimuth=12.5\n")
    }

    @Test(arguments: [
        (LogLevel.error, "<3>error"), (.warning, "<4>warn"), (.info, "<6>info"),
        (.debug, "<7>debug"), (.trace, "<7>trace"),
    ])
    func `under systemd the priority is in front and no time`(level: LogLevel, start: String) {
        #expect(line(level).text(.text, .journal) == start + " rotor turned\n")
    }

    @Test func `JSON has the same names, and no field replaces one of them`() throws {
        let text = line(.warning, [("level", "x"), ("rotor", "a\"b")]).text(.json, .plain)
        #expect(
            text == "{\"time\":\"1970-01-01T00:00:01.500Z\",\"level\":\"warn\","
                + "\"component\":\"rotor\",\"msg\":\"turned\",\"field_level\":\"x\","
                + "\"rotor\":\"a\\\"b\"}\n")
        _ = try JSONReader.read(Array(text.utf8))
    }

    @Test(arguments: [
        ("two words", "\"two words\""), ("", "\"\""), ("a=b", "\"a=b\""), ("a\"b", "\"a\\\"b\""),
        ("a\nerror forged", "\"a\\nerror forged\""), ("\u{1B}[2J", "\"\\u001b[2J\""),
        ("\u{9B}2J", "\"{U+9B}2J\""), ("a\u{2028}b", "\"a{U+2028}b\""),
        ("\u{202E}abc", "\"{U+202E}abc\""), ("café", "café"),
    ])
    func `no value can forge a line or steer a terminal`(value: String, written: String) {
        #expect(
            line(.info, [("x", value)]).text(.text, .journal)
                == "<6>info rotor turned x=\(written)\n")
    }

    @Test(arguments: [
        ("token", "abcdefghijklmnopqrstuvwxyz0123456789", "abcd…"), ("token", "short", "…"),
        ("admin_Token", "short", "…"), ("password", "hunter2", "…"),
        ("Authorization", "Bearer x", "…"),
        ("path", "/ws?token=abc&x=1", "\"/ws?token=…&x=1\""),
        ("path", "/ws?token=abc", "\"/ws?token=…\""),
        ("rotor", "mast", "mast"),
    ])
    func `a secret does not reach the log`(name: String, value: String, written: String) {
        let text = line(.info, [(name, value)]).text(.text, .journal)
        #expect(text == "<6>info rotor turned \(name)=\(written)\n")
    }
}
