import Glibc
import JSON
import TestSupport
import Testing
import Transport

/// A daemon whose game nights stand on a port of their own, too, as in their document; its rooms
/// never answer.
final class NightDaemon: Sendable {
    let daemon: DaemonProcess
    /// Where the paths of the document stand.
    let root: String
    /// What a host logs in with.
    let key: String
    private let rooms: SilentServer

    /// - Parameter options: more for the daemon.
    init(_ options: [String] = [], folder: TemporaryFolder? = nil) async throws {
        rooms = try SilentServer()
        let all = try Loopback.freePort()
        let own = try Loopback.freePort()
        daemon = try await DaemonProcess(
            [
                "--gpsd", "none", "--listen", "127.0.0.1:\(all)", "--listen",
                "game-night=127.0.0.1:\(own)", "--game-night-rooms",
                "http://127.0.0.1:\(rooms.port)",
            ] + options, folder: folder)
        root = "http://127.0.0.1:\(own)"
        key = try String(daemon.folder.text(of: "game-night.key").prefix { $0 != "\n" })
    }

    /// Calls the API at its own port.
    func call(
        _ method: String, _ path: String, json: String? = nil, token: String? = nil,
        headers: [(String, String)] = [], timeout: Duration = .seconds(20)
    ) throws -> HTTPResponse {
        try OwnPort(root: root).call(
            method, path, json: json, token: token, headers: headers, timeout: timeout)
    }

    /// Logs a host in; their token.
    func logIn() throws -> String {
        let answer = try call("POST", "/api/auth/login", json: #"{"key":"\#(key)"}"#)
        return try #require(answer.object["token"]?.stringValue, "\(answer.text)")
    }

    /// Opens the live socket.
    func live(
        at path: String = "/api/sessions/live", headers: [(String, String)] = []
    ) throws -> WebSocketClient {
        try OwnPort(root: root).socket(path, headers: headers)
    }
}

/// A host at work: whole answers are compared.
struct Host {
    let night: NightDaemon
    let token: String

    init(_ night: NightDaemon) throws {
        self.night = night
        token = try night.logIn()
    }

    /// Calls as the host.
    ///
    /// - Parameter form: the whole answer, as `AnswerForm` has it.
    @discardableResult
    func call(
        _ method: String, _ path: String, _ json: String? = nil, _ status: Int, _ form: String,
        isPublic: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSONObject {
        let answer = try night.call(method, path, json: json, token: isPublic ? nil : token)
        #expect(answer.status == status, "\(method) \(path)", sourceLocation: sourceLocation)
        #expect(
            AnswerForm.of(answer.text) == form, "\(method) \(path)", sourceLocation: sourceLocation)
        #expect(
            answer.headers["Content-Type"] == "application/json", sourceLocation: sourceLocation)
        return answer.object
    }

    /// Does what must succeed, whatever the answer.
    @discardableResult
    func make(_ method: String, _ path: String, _ json: String? = nil) throws -> JSONObject {
        let answer = try night.call(method, path, json: json, token: token)
        try #require((200...201).contains(answer.status), "\(method) \(path) \(answer.text)")
        return answer.object
    }

    /// The number of what `make` has made.
    func id(_ method: String, _ path: String, _ json: String? = nil) throws -> Int {
        Int(try #require(try make(method, path, json)["id"]?.integerValue))
    }
}

/// Accepts connections and never says anything.
final class SilentServer: Sendable {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        // The kernel accepts for it.
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (descriptor, length) = (descriptor, size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 100) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        try #require(isListening, "no silent server: error \(errno)")
    }

    deinit {
        close(descriptor)
    }
}
