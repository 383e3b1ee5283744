import Foundation
import JSON
import TestSupport
import Testing

/// The page of a recording in a real browser.
@Suite(.enabled(if: Browser.isInstalled, "needs chromium and chromium-driver"))
struct TracePageTests {
    private static let hostile = "</script><img src=x onerror=\"document.title='taken'\"><script>"

    /// A pass of half a minute: the rotor follows 2° behind, and a client sends markup.
    private static func recording() -> String {
        var lines = [
            #"{"boresight":"recording","version":1,"program":"0.1.0","started":"2026-11-21T06:00:00.000000Z","utc_ns":1795240800000000000,"seed":"0000000000000007","pace":"virtual","from_start":true,"configuration":{"station":[52,13,100]},"configuration_sha256":"ac56e0664ed9f7eb0dd2e444e7e42758f25aa60f8952ece17e008f708b9cfb4a"}"#
        ]
        for second in 0...30 {
            let (number, at) = (second + 1, second * 1_000_000_000)
            let azimuth = second * 3
            let location =
                #"{\"type\":\"location\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[13.0\#(100 + second),52.01,400]}}"#
            let rotor =
                #"{\"type\":\"rotor\",\"azimuth\":\#(azimuth),\"elevation\":20,\"moving\":true,\"mode\":\"track\",\"target\":{\"azimuth\":\#(azimuth + 2),\"elevation\":20},\"name\":\"mast\"}"#
            let chat = JSONValue.string(hostile).text
            lines += [
                #"{"in":\#(number),"event":\#(number),"at":\#(at),"stream":"ws/1","socket":1,"text":\#(second == 3 ? chat : "\"" + location + "\"")}"#,
                #"{"out":\#(number),"event":\#(number),"at":\#(at),"stream":"ws/1","to":[1],"frame":"\#(rotor)"}"#,
            ]
            if second == 10 {
                lines.append(
                    #"{"mark":"fault","event":\#(number),"at":\#(at),"name":"gpsd lost","phase":"begins"}"#
                )
            }
            lines.append(
                #"{"turn":\#(number),"at":\#(at),"events":\#(number),"trace":"0000000000000001"}"#)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func open(_ recording: String) async throws -> (Browser, TemporaryFolder) {
        let folder = try TemporaryFolder()
        try folder.write(recording, to: "pass.jsonl")
        let program = try ChildProcess(
            try BuiltProgram.path("boresight"),
            ["trace", folder.path + "/pass.jsonl", "--html", folder.path + "/pass.html"])
        #expect(await program.waitForExit() == .code(0), "\(program.standardError)")
        let browser = try await Browser(width: 1280, height: 960)
        try browser.open("file://" + folder.path + "/pass.html")
        return (browser, folder)
    }

    private func scrub(_ browser: Browser, to value: Int) throws {
        try browser.run(
            """
            const scrub = document.getElementById('scrub'); scrub.value = \(value);
            scrub.dispatchEvent(new Event('input'));
            """)
    }

    private func press(_ browser: Browser, _ key: String) throws {
        try browser.run(
            """
            document.getElementById('lanes').dispatchEvent(
              new KeyboardEvent('keydown', { key: '\(key)', cancelable: true }));
            """)
    }

    private static let rotor =
        "return document.querySelector('#sky g.spot.rotor').getAttribute('transform')"

    @Test func `scrubbing moves the plots, keys walk from entry to entry`() async throws {
        let (browser, folder) = try await open(Self.recording())
        defer { withExtendedLifetime(folder) {} }
        #expect(try browser.text("facts").contains("63 entries in 30.0 s"))
        #expect(
            try browser.text("sky-text")
                == "mast: az 90.0° el 20.0°; target az 92.0° el 20.0°, off by 1.9°")
        let last = try browser.run(Self.rotor)

        try scrub(browser, to: 500)
        #expect(try browser.text("moment").hasPrefix("15.000000 s"))
        #expect(try browser.text("moment").contains("2026-11-21 06:00:15.000Z"))
        #expect(try browser.text("sky-text").hasPrefix("mast: az 45.0° el 20.0°"))
        #expect(try browser.run(Self.rotor) != last)
        #expect(try browser.text("map-text").contains("m away, 400 m high"))

        try press(browser, "Home")
        #expect(try browser.text("detail").contains("ws/1: location 52.01,13.01,400"))
        try press(browser, "e")
        #expect(try browser.text("detail").contains("ws/1: rotor mast az 0 el 20"))
        #expect(try browser.text("detail").contains("caused by: location"))
        try press(browser, "c")
        #expect(try browser.text("detail").contains("ws/1: location"))
        #expect(try browser.consoleMessages() == [])
    }

    @Test func `lanes are drawn, and zooming changes what is seen`() async throws {
        let (browser, folder) = try await open(Self.recording())
        defer { withExtendedLifetime(folder) {} }
        let picture = "return document.getElementById('lanes').toDataURL()"
        let blank = """
            const canvas = document.createElement('canvas');
            const lanes = document.getElementById('lanes');
            canvas.width = lanes.width; canvas.height = lanes.height;
            return canvas.toDataURL();
            """
        #expect(await eventually { (try? browser.run(picture)) != (try? browser.run(blank)) })
        let before = try browser.run(picture)
        try browser.click("zoom-in")
        #expect(await eventually { (try? browser.run(picture)) != before })
        #expect(try browser.consoleMessages() == [])
    }

    @Test func `what a client sent is shown as text and does nothing`() async throws {
        let (browser, folder) = try await open(Self.recording())
        defer { withExtendedLifetime(folder) {} }
        try browser.run(
            """
            const find = document.getElementById('find'); find.value = 'onerror';
            find.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
            """)
        #expect(try browser.text("detail").contains(Self.hostile))
        #expect(try browser.run("return document.images.length") == .integer(0))
        #expect(try browser.run("return document.title") == .string("pass.jsonl – boresight trace"))
        #expect(try browser.consoleMessages() == [])
    }

    @Test func `an empty recording is a page that says so`() async throws {
        let header = try #require(Self.recording().split(separator: "\n").first)
        let (browser, folder) = try await open(String(header) + "\n")
        defer { withExtendedLifetime(folder) {} }
        #expect(try browser.text("note").contains("nothing in this recording"))
        #expect(try browser.consoleMessages() == [])
    }
}
