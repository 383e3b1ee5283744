import JSON
import TestSupport
import Testing
import Transport

/// Both pages in a real browser against the real daemon.
@Suite(.enabled(if: Browser.isInstalled, "needs chromium and chromium-driver"))
struct PagesTests {
    @Test func `the phone joins by the code on the laptop's screen, is followed, and stops`()
        async throws
    {
        let daemon = try await DaemonProcess(["--gpsd", "none", "--station", "52.0,4.36,46"])
        try daemon.addRotor(#""name":"mast","driver":"simulated","max_azimuth":450"#)
        let browser = try await Browser(width: 1280, height: 1100)
        let laptop = try browser.window
        try browser.open(daemon.url + "/")
        #expect(await browser.shows("connection", "connected"))
        #expect(
            await eventually {
                (try? browser.run("return document.getElementById('qr').naturalWidth > 0"))
                    == .bool(true)
            })
        try await pair(browser, daemon)
        #expect(await browser.shows("rotor-message", "Paired"))

        let address = try await browser.codeOnScreen(containing: "/pair/")
        #expect(address == (try browser.text("pair-url")))
        let phone = try browser.openWindow()
        try browser.open(address)
        #expect(await browser.shows("connection", "connected"))
        #expect(await browser.shows("peers", "2"))
        let place = try PhonePath.first()
        try browser.type(String(place.latitude), into: "latitude")
        try browser.type(String(place.longitude), into: "longitude")
        try browser.type(String(place.altitude), into: "altitude")
        try browser.click("send-position")
        try browser.click("track")
        #expect(await browser.shows("mode", "track"))

        try browser.use(laptop)
        #expect(await browser.shows("moving", "turning"))
        #expect(await browser.shows("target", "az 318.0°"))

        try browser.use(phone)
        try browser.click("stop")
        #expect(await browser.shows("mode", "stop"))
        #expect(await browser.shows("stop-state", "stopped"))
        try browser.use(laptop)
        #expect(await browser.shows("mode", "stop"))
        #expect(await browser.shows("moving", "standing"))

        try await daemon.restart()
        #expect(await browser.shows("connection", "connected"))
        let messages = try browser.consoleMessages().filter { !$0.contains("ERR_CONNECTION") }
        #expect(messages.allSatisfy { $0.contains("WebSocket connection") }, "\(messages)")
    }

    @Test func `over plain HTTP the phone's page says why it may not see the position`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let session = try daemon.makeSession()
        let browser = try await Browser(width: 390, height: 844)
        let port = daemon.url.split(separator: ":").last ?? ""
        try browser.open("http://station.test:\(port)/pair/\(session)")
        #expect(await browser.shows("connection", "connected"))
        #expect(try browser.run("return window.isSecureContext") == .bool(false))
        #expect(try browser.text("why-no-geolocation").contains("HTTPS"))
        try browser.type("52.01", into: "latitude")
        try browser.type("4.36", into: "longitude")
        try browser.click("send-position")
        #expect(await browser.shows("sent", "52.01"))
        #expect(try browser.consoleMessages().isEmpty)
    }

    @Test(arguments: [false, true])
    func `a television shows the night, live or by asking, and says when it is blind`(
        hasToken: Bool
    ) async throws {
        let daemon = try await DaemonProcess([
            "--gpsd", "none", "--game-night-rooms", "simulated",
        ])
        let api = "/game-night/api/"
        func call(_ method: String, _ path: String, _ json: String) throws {
            let answer = try daemon.call(method, api + path, json: json, token: daemon.token)
            #expect(answer.status < 300, "\(answer.text)")
        }
        let browser = try await Browser(width: 1280, height: 720)
        let proof = hasToken ? "#token=\(try daemon.token)" : ""
        try browser.open(daemon.url + "/game-night/stage" + proof)
        #expect(await browser.shows("nothing", "No game night now."))
        try call("POST", "sessions", #"{"notes":"Friday game night"}"#)
        #expect(await browser.shows("night", "Friday game night"))
        try call("POST", "sessions/1/games", #"{"game_id":29,"room_code":"ABCD"}"#)
        #expect(await browser.shows("title", "Quiplash 3"))
        #expect(await browser.shows("room-code", "ABCD"))
        #expect(await browser.shows("players", "ADA"))
        #expect(await browser.shows("freshness", hasToken ? "live" : "every 3 seconds"))
        let games = try JSONReader.read(daemon.call("GET", api + "sessions/1/games").body)
        let time = games.arrayValue?.first?.objectValue?["played_at"]?.stringValue ?? ""
        try call("POST", "votes/live", #"{"username":"eva","vote":"up","timestamp":"\#(time)"}"#)
        #expect(await browser.shows("ups", "1"))
        daemon.kill()
        #expect(await browser.shows("blind-why", "Reconnecting"))
        try await daemon.restart()
        #expect(await browser.shows("title", "Quiplash 3"))
        #expect(
            await eventually(within: .seconds(30)) {
                (try? browser.run("return document.getElementById('blind').hidden")) == .bool(true)
            })
    }

    private func pair(_ browser: Browser, _ daemon: DaemonProcess) async throws {
        try browser.signIn(daemon.token)
        try await browser.pairRotor()
    }
}
