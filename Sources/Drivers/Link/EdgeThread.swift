import Engine
import Synchronization

/// The thread of an edge, which begins with its first letter: most stations need few of them.
final class EdgeThread<Letter: Sendable>: Sendable {
    enum Failure: Error {
        case noDescriptor(LinkError)
        case noThread
    }

    private enum State {
        case idle
        case running(LinkMailbox<Letter>, SystemThread)
        case stopped
    }

    private let name: String
    private let body: @Sendable (LinkMailbox<Letter>) -> Void
    private let state = Mutex(State.idle)

    /// - Parameter body: what the thread does.
    init(name: String, _ body: @escaping @Sendable (LinkMailbox<Letter>) -> Void) {
        self.name = name
        self.body = body
    }

    /// Hands over a letter; dropped after the end.
    func post(_ letter: Letter) throws(Failure) {
        let result = state.withLock { state -> Result<LinkMailbox<Letter>?, Failure> in
            switch state {
            case .stopped: return .success(nil)
            case .running(let mailbox, _): return .success(mailbox)
            case .idle:
                do throws(Failure) {
                    let (mailbox, thread) = try start()
                    state = .running(mailbox, thread)
                    return .success(mailbox)
                } catch {
                    return .failure(error)
                }
            }
        }
        try result.get()?.post(letter)
    }

    /// Hands over the last letter, which ends the thread, and waits for that.
    ///
    /// Callable once or more from any thread but this one.
    func stop(_ last: Letter) {
        let before = state.withLock { state in
            defer { state = .stopped }
            return state
        }
        guard case .running(let mailbox, let thread) = before else { return }
        mailbox.post(last)
        thread.join()
    }

    private func start() throws(Failure) -> (LinkMailbox<Letter>, SystemThread) {
        let mailbox: LinkMailbox<Letter>
        do throws(LinkError) {
            mailbox = try LinkMailbox()
        } catch {
            throw .noDescriptor(error)
        }
        do throws(SystemThreadError) {
            return (mailbox, try SystemThread(name: name) { [body] in body(mailbox) })
        } catch {
            throw .noThread
        }
    }
}
