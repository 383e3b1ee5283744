import JSON
import Synchronization
import TestSupport
import Transport

/// A web server that is told of events and answers as a test wants.
final class WebhookReceiver: Sendable {
    private let ear: Ear
    private let server: TransportServer
    let url: String

    private final class Ear: Sendable {
        let requests = Mutex<[HTTPRequest]>([])
        let status = Mutex<Int?>(200)
        let perform = Mutex<(@Sendable (TransportOutput) -> Void)?>(nil)
    }

    /// - Parameter port: where it listens; 0 picks one.
    init(port: UInt16 = 0) throws {
        let ear = Ear()
        server = try TransportServer(
            listeners: [ListenerConfiguration(host: "127.0.0.1", port: port)]
        ) { inputs in
            for case .request(let request) in inputs {
                ear.requests.withLock { $0.append(request) }
                guard let status = ear.status.withLock({ $0 }) else { continue }
                ear.perform.withLock { $0 }?(
                    .respond(
                        request: request.id, HTTPResponse(status: status, headers: HTTPHeaders())))
            }
        }
        self.ear = ear
        url = try server.start()[0].url
        ear.perform.withLock { [server] in $0 = { [weak server] in server?.perform([$0]) } }
    }

    deinit {
        server.shutDown(grace: .milliseconds(100))
    }

    /// Answers with this status from now on; nil for never.
    func answer(_ status: Int?) {
        ear.status.withLock { $0 = status }
    }

    var requests: [HTTPRequest] { ear.requests.withLock { $0 } }

    /// The bodies as JSON.
    var bodies: [JSONObject] {
        requests.compactMap { (try? JSONReader.read($0.body))?.objectValue }
    }
}
