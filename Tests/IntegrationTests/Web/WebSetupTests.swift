import JSON
import TestSupport
import Testing

/// Setting a rotor up on the console, with a real rotctld behind it.
@Suite(.enabled(if: Browser.isInstalled, "needs chromium and chromium-driver"))
struct WebSetupTests {
    private static let chimney = ["80", "100", "0", "30"]

    @Test func `a rotor is added, changed and deleted on the page, and drawn while it is typed`()
        async throws
    {
        let rotctld = try await RealRotctld()
        let daemon = try await DaemonProcess(["--gpsd", "none", "--station", "52.0,4.36,46"])
        let device = try DeviceOfDaemon(daemon, "mast 1")
        let browser = try await Self.console(of: daemon)

        try browser.click("add-rotor")
        try browser.type("mast", into: "setup-name")
        try browser.type("\(rotctld.port)", into: "setup-port")
        try browser.type("450", into: "setup-right")
        try browser.click("setup-add-sector")
        try Self.typeSector(browser, Self.chimney)
        #expect(try Self.drawnSectors(browser) == 1, "before it is saved")
        #expect(await browser.holds("document.querySelector('[value=\"\(device.id)\"]')"))
        try browser.type(device.id, into: "setup-device")
        try browser.click("setup-save")
        #expect(await browser.holds("document.getElementById('rotor-1')"))
        #expect(await browser.holds("document.getElementById('setup').hidden"))
        #expect(await browser.shows("moving", "standing"), "rotctld is asked")

        let rotor = try Self.rotor(daemon)
        #expect(rotor["max_azimuth"]?.doubleValue == 450)
        #expect(rotor["device"] == .string(device.id))
        let sector = rotor["keep_out"]?.arrayValue?.first?.objectValue ?? JSONObject()
        #expect(sector.members.map { $0.value.doubleValue } == [80, 100, 0, 30])

        try browser.click("change-rotor")
        try browser.run("document.querySelector('.sector button').click()")
        #expect(try Self.drawnSectors(browser) == 0)
        try browser.click("setup-cancel")
        #expect(try Self.drawnSectors(browser) == 1, "nothing was changed")

        try browser.click("change-rotor")
        try browser.type("180", into: "setup-high")
        try browser.click("setup-save")
        #expect(await browser.holds("document.getElementById('setup').hidden"))
        let changed = try Self.rotor(daemon)
        #expect(changed["max_elevation"]?.doubleValue == 180)
        #expect(changed["keep_out"] == rotor["keep_out"], "what was not touched stays")
        #expect(changed["device"] == rotor["device"])

        #expect(await browser.holds("!document.getElementById('change-rotor').disabled"))
        try browser.click("change-rotor")
        try browser.click("setup-delete")
        #expect(try browser.text("setup-delete") == "Really delete it?")
        try browser.click("setup-delete")
        #expect(await browser.holds("!document.getElementById('rotor-1')"))
        #expect(await browser.holds("!document.getElementById('no-rotors').hidden"))
    }

    @Test func `what cannot be is refused beside its field, in the form's words, and stays typed`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let browser = try await Self.console(of: daemon)
        try browser.click("add-rotor")
        try browser.type("simulated", into: "setup-driver")
        try browser.click("setup-save")
        #expect(await browser.shows("setup-message", #""name" must be a text"#))
        try browser.type("mast", into: "setup-name")
        try browser.type("left", into: "setup-left")
        try browser.click("setup-save")
        #expect(await browser.shows("setup-message", "Azimuth from: a number of degrees."))
        #expect(try browser.run("return document.activeElement.id") == .string("setup-left"))
        try browser.type("0,5", into: "setup-left")
        try browser.click("setup-save")
        #expect(await browser.shows("setup-message", "“Park azimuth” must lie between"))
        try browser.type("10", into: "setup-park")
        for _ in 0..<8 { try browser.click("setup-add-sector") }
        #expect(
            try browser.run("return document.getElementById('setup-add-sector').disabled")
                == .bool(true))
        for _ in 0..<7 { try browser.run("document.querySelector('.sector button').click()") }
        try Self.typeSector(browser, ["350", "12", "", ""])
        try browser.click("setup-save")
        #expect(await browser.shows("setup-message", "must not lie in a sector of keep-out"))
        try Self.typeSector(browser, ["350", "", "", ""])
        try browser.click("setup-save")
        #expect(await browser.shows("setup-message", "Sector 1: azimuth to: a number"))
        #expect(try daemon.call("GET", "/api/rotors", token: daemon.token).text == "[]")
        #expect(
            try browser.run("return document.getElementById('setup-name').value") == .string("mast")
        )
        try Self.typeSector(browser, ["350", "5", "", ""])
        try browser.click("setup-save")
        #expect(await browser.holds("document.getElementById('setup').hidden"))
        let rotor = try Self.rotor(daemon)
        #expect(rotor["min_azimuth"]?.doubleValue == 0.5)
        let sector = rotor["keep_out"]?.arrayValue?.first?.objectValue ?? JSONObject()
        #expect(sector.members.map { $0.value.doubleValue } == [350, 5, -90, 90])
    }

    private static func console(of daemon: DaemonProcess) async throws -> Browser {
        let browser = try await Browser(width: 1280, height: 900)
        try browser.open(daemon.url + "/")
        #expect(await browser.shows("connection", "connected"))
        #expect(
            try browser.run("return document.getElementById('add-rotor').disabled") == .bool(true))
        try browser.signIn(daemon.token)
        #expect(await browser.holds("!document.getElementById('add-rotor').disabled"))
        return browser
    }

    /// Types into the fields of the first sector.
    private static func typeSector(_ browser: Browser, _ texts: [String]) throws {
        for (index, text) in texts.enumerated() {
            try browser.run(
                """
                const field = document.querySelectorAll('.sector input')[\(index)];
                field.value = '\(text)';
                field.dispatchEvent(new Event('input', {bubbles: true}));
                """)
        }
    }

    private static func drawnSectors(_ browser: Browser) throws -> Double {
        try browser.number("return document.querySelectorAll('#polar .keep-out').length")
    }

    private static func rotor(_ daemon: DaemonProcess) throws -> JSONObject {
        try daemon.call("GET", "/api/rotors/1", token: daemon.token).object
    }
}
