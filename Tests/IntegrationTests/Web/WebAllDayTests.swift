import JSON
import TestSupport
import Testing
import Transport

/// A console that is left open.
@Suite(.enabled(if: Browser.isInstalled, "needs chromium and chromium-driver"))
struct WebAllDayTests {
    private static let secondsOfADay = 86_400
    /// Trails and lists have filled by then, and the browser has compiled what runs often.
    private static let secondsToWarmUp = 28_800
    /// What the browser's own book-keeping may differ by; what was kept of each message would be
    /// a hundred bytes at least, 115,000 times.
    private static let slackBytes = 2_000_000.0
    private static let slackNodes = 50.0

    /// The page gets what a day brings, a message of the rotor and one of the phone a second, over
    /// its real socket, while its clocks and timers run through a day.
    @Test func `a console does not grow in a day`() async throws {
        let daemon = try await DaemonProcess(["--gpsd", "none", "--station", "52.0,4.36,46"])
        let browser = try await Browser(width: 1280, height: 900)
        try browser.open(daemon.url + "/")
        #expect(await browser.shows("connection", "connected"))
        let session = try #require(
            browser.run("return sessionStorage.getItem('session')").stringValue)
        let feeder = try daemon.socket(session)
        try browser.run(Self.fastClock)

        try await feed(feeder, browser, 0..<Self.secondsToWarmUp)
        let before = try usage(browser)
        try await feed(feeder, browser, Self.secondsToWarmUp..<Self.secondsOfADay)
        let after = try usage(browser)
        #expect(after.nodes <= before.nodes + Self.slackNodes, "\(before) \(after)")
        #expect(after.bytes <= before.bytes + Self.slackBytes, "\(before) \(after)")
        #expect(await browser.shows("connection", "connected"))
        print("a console's heap after eight hours and after a day:", before.bytes, after.bytes)
    }

    /// Sends what the seconds bring, and waits until the page has taken it.
    private func feed(
        _ feeder: WebSocketClient, _ browser: Browser, _ seconds: Range<Int>
    ) async throws {
        for second in seconds {
            try feeder.send(Self.rotor(at: second))
            try feeder.send(Self.phone(at: second))
            // The page keeps up by itself; this only keeps it from being let go as too slow.
            guard second % 600 == 599 || second == seconds.upperBound - 1 else { continue }
            // Whoever answers no ping is let go.
            while case .message = try feeder.receive(timeout: .milliseconds(1)) {}
            let isHeard = await browser.holds(
                "document.getElementById('phone').textContent.includes('\(Self.mark(second))')")
            try #require(isHeard, "second \(second)")
            try browser.run("window.passTime(600)")
        }
    }

    private static func rotor(at second: Int) -> String {
        let azimuth = Double(second % 3600) / 10
        return """
            {"type":"rotor","name":"mast","azimuth":\(azimuth),"elevation":\(second % 90),\
            "moving":true,"mode":"track","target":{"azimuth":\(azimuth),"elevation":10}}
            """
    }

    /// A longitude that tells the second.
    private static func mark(_ second: Int) -> String {
        "4." + String(String(second + 1_000_000).dropFirst(2))
    }

    private static func phone(at second: Int) -> String {
        """
        {"type":"location","geometry":{"type":"Point","coordinates":[\(mark(second)),52.1]},\
        "accuracy":5}
        """
    }

    /// Lets the page's clocks and timers run ahead, as often as the time that passes has them.
    private static let fastClock = """
        let ahead = 0;
        const [now, date] = [performance.now.bind(performance), Date.now.bind(Date)];
        performance.now = () => now() + ahead;
        Date.now = () => date() + ahead;
        window.passTime = (seconds) => { ahead += seconds * 1000; };
        """

    private func usage(_ browser: Browser) throws -> (bytes: Double, nodes: Double) {
        try browser.devTools("HeapProfiler.enable", [:])
        try browser.devTools("HeapProfiler.collectGarbage", [:])
        try browser.devTools("HeapProfiler.collectGarbage", [:])
        let heap = try browser.devTools("Runtime.getHeapUsage", [:])
        let counts = try browser.devTools("Memory.getDOMCounters", [:])
        return (
            try #require(heap["usedSize"]?.doubleValue), try #require(counts["nodes"]?.doubleValue)
        )
    }
}
