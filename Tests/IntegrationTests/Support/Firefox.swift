import Foundation
import Glibc
import JSON
import TestSupport

/// A headless Firefox, driven over Marionette, which it speaks by itself.
final class Firefox: WebBrowser {
    private let process: ChildProcess
    private let profile: TemporaryFolder
    private let connection: FileHandle
    private var unread = Data()
    private var lastNumber = 0

    static let isInstalled = program != nil
    private static let program: String? = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].first {
        access($0, X_OK) == 0
    }

    init() async throws {
        profile = try TemporaryFolder()
        let port = try Loopback.freePort()
        try profile.write(
            """
            user_pref("marionette.port", \(port));
            user_pref("network.proxy.type", 0);

            """, to: "user.js")
        process = try ChildProcess(
            Self.program ?? "",
            ["--headless", "--marionette", "--no-remote", "--profile", profile.path],
            environment: [
                "HOME=\(profile.path)", "PATH=/usr/bin:/bin", "MOZ_DISABLE_CONTENT_SANDBOX=1",
            ])
        try await process.waitForPort(port)
        connection = FileHandle(
            fileDescriptor: try Loopback.connection(to: port), closeOnDealloc: true)
        _ = try read()
        _ = try command("WebDriver:NewSession", ["capabilities": [:]])
    }

    deinit {
        _ = try? command("Marionette:Quit", ["flags": .array([.string("eForceQuit")])])
        process.kill()
    }

    func open(_ address: String) throws {
        _ = try command("WebDriver:Navigate", ["url": .string(address)])
    }

    @discardableResult
    func run(_ script: String) throws -> JSONValue {
        try command(
            "WebDriver:ExecuteScript", ["script": .string(script), "args": .array([])])
    }

    func screenshot() throws -> String {
        try command("WebDriver:TakeScreenshot", ["full": .bool(false)]).stringValue ?? ""
    }

    /// Sends `[0, number, name, parameters]`; the answer is `[1, number, error, result]`.
    private func command(_ name: String, _ parameters: JSONObject) throws -> JSONValue {
        lastNumber += 1
        let message = JSONValue.array([
            .integer(0), .integer(Int64(lastNumber)), .string(name), .object(parameters),
        ]).bytes()
        try connection.write(contentsOf: Data("\(message.count):".utf8) + Data(message))
        let answer = try read().arrayValue ?? []
        guard answer.count == 4, answer[2] == .null else {
            throw ChildProcess.Failure(description: "\(name): \(JSONValue.array(answer).text)")
        }
        return answer[3].objectValue?["value"] ?? .null
    }

    /// A message, with its length and a colon before it.
    private func read() throws -> JSONValue {
        while true {
            if let colon = unread.firstIndex(of: UInt8(ascii: ":")),
                let count = Int(String(decoding: unread[..<colon], as: UTF8.self)),
                unread.count - unread.distance(from: unread.startIndex, to: colon) > count
            {
                let body = unread[unread.index(after: colon)...].prefix(count)
                unread = Data(unread[body.endIndex...])
                return try JSONReader.read(Array(body))
            }
            let more = connection.availableData
            guard !more.isEmpty else {
                throw ChildProcess.Failure(description: "Firefox has gone")
            }
            unread += more
        }
    }
}
