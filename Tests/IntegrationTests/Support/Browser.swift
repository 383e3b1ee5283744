import Glibc
import JSON
import TestSupport
import Transport

/// A headless Chromium, driven over WebDriver (W3C) by chromedriver.
final class Browser: WebBrowser {
    private let driver: ChildProcess
    private let url: String
    private var session = ""

    /// Whether browser and driver are installed.
    static let isInstalled =
        access("/usr/bin/chromium", X_OK) == 0 && access("/usr/bin/chromedriver", X_OK) == 0

    init(width: Int, height: Int) async throws {
        let port = try Loopback.freePort()
        driver = try ChildProcess("/usr/bin/chromedriver", ["--port=\(port)"])
        try await driver.waitForPort(port)
        url = "http://127.0.0.1:\(port)"
        let words = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-proxy-server", "--window-size=\(width),\(height)",
            // A name that is not the loopback's: browsers then withhold the position.
            "--host-resolver-rules=MAP station.test 127.0.0.1",
        ]
        let options: JSONValue = [
            "binary": .string("/usr/bin/chromium"), "args": .array(words.map(JSONValue.string)),
        ]
        let wanted: JSONValue = [
            "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": .string("ALL")],
        ]
        let answer = try call("POST", "/session", ["capabilities": ["alwaysMatch": wanted]])
        session = answer.objectValue?["sessionId"]?.stringValue ?? ""
    }

    deinit {
        // Ends the browser too, which killing the driver alone would not.
        _ = try? call("DELETE", "/session/" + session)
    }

    func open(_ address: String) throws {
        try command("/url", ["url": .string(address)])
    }

    /// Opens another window and makes it the one that commands go to.
    func openWindow() throws -> String {
        let window = try command("/window/new", ["type": .string("window")])
        let handle = window.objectValue?["handle"]?.stringValue ?? ""
        try use(handle)
        return handle
    }

    var window: String {
        get throws { try call("GET", "/session/\(session)/window").stringValue ?? "" }
    }

    func use(_ window: String) throws {
        try command("/window", ["handle": .string(window)])
    }

    /// Runs a script in the page; its result.
    @discardableResult
    func run(_ script: String) throws -> JSONValue {
        try command("/execute/sync", ["script": .string(script), "args": .array([])])
    }

    /// The page as a PNG in base64.
    func screenshot() throws -> String {
        try call("GET", "/session/\(session)/screenshot").stringValue ?? ""
    }

    /// Where the device is, from here on; in the present window.
    func setPlace(latitude: Double, longitude: Double, altitude: Double, accuracy: Double) throws {
        try devTools(
            "Browser.grantPermissions", ["permissions": .array([.string("geolocation")])])
        try devTools(
            "Emulation.setGeolocationOverride",
            [
                "latitude": .number(latitude), "longitude": .number(longitude),
                "altitude": .number(altitude), "accuracy": .number(accuracy),
            ])
    }

    /// Takes the network from the present window, or gives it back.
    func setNetwork(isThere: Bool) throws {
        try devTools("Network.enable", [:])
        try devTools(
            "Network.emulateNetworkConditions",
            [
                "offline": .bool(!isThere), "latency": .integer(0),
                "downloadThroughput": .integer(-1), "uploadThroughput": .integer(-1),
            ])
    }

    /// Presses and lets go of a key, as a keyboard would (WebDriver §17.4.2 has the codes).
    func press(_ key: String) throws {
        let actions: [JSONValue] = ["keyDown", "keyUp"].map {
            ["type": .string($0), "value": .string(key)]
        }
        try command(
            "/actions",
            [
                "actions": .array([
                    ["type": .string("key"), "id": .string("keys"), "actions": .array(actions)]
                ])
            ])
    }

    static let escapeKey = "\u{E00C}"

    /// A command of the Chrome DevTools Protocol.
    @discardableResult
    func devTools(_ name: String, _ parameters: JSONObject) throws -> JSONObject {
        let answer = try command(
            "/goog/cdp/execute", ["cmd": .string(name), "params": .object(parameters)])
        return answer.objectValue ?? [:]
    }

    /// What the pages wrote to the console since the last look.
    func consoleMessages() throws -> [String] {
        let log = try command("/se/log", ["type": .string("browser")]).arrayValue ?? []
        return log.compactMap { $0.objectValue?["message"]?.stringValue }
    }

    @discardableResult
    private func command(_ path: String, _ body: JSONValue) throws -> JSONValue {
        try call("POST", "/session/" + session + path, body)
    }

    private func call(_ method: String, _ path: String, _ body: JSONValue? = nil) throws
        -> JSONValue
    {
        let answer = try HTTPClient().call(
            method, url + path, headers: HTTPHeaders([("Content-Type", "application/json")]),
            body: body?.bytes(), timeout: .seconds(30))
        let value = answer.object["value"] ?? .null
        guard answer.status == 200 else {
            throw ChildProcess.Failure(description: "\(method) \(path): \(value.text)")
        }
        return value
    }
}
