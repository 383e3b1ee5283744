import Synchronization

@testable import boresight

/// Sockets that tell what a list says, one list for each time that one is opened.
final class ScriptedSockets: Sendable {
    /// What one opening gives: news, or why it fails.
    typealias Opening = Result<[SocketNews], SocketProblem>

    private let state: Mutex<(openings: [Opening], paths: [String])>

    /// The last opening is to end what follows the sockets.
    init(_ openings: [Opening]) {
        state = Mutex((openings, []))
    }

    /// The paths that were opened, or tried.
    var paths: [String] { state.withLock { $0.paths } }

    func open(_ path: String) throws(SocketProblem) -> any APISocket {
        let opening = state.withLock { state in
            state.paths.append(path)
            return state.openings.isEmpty ? nil : state.openings.removeFirst()
        }
        guard let opening else { throw .unreachable(.absent(reason: "the script is over")) }
        return Socket(news: try opening.get())
    }

    private final class Socket: APISocket {
        private var news: [SocketNews]

        init(news: [SocketNews]) {
            self.news = news
        }

        func next() -> SocketNews {
            news.isEmpty ? .lost(reason: "the script is over") : news.removeFirst()
        }
    }
}
