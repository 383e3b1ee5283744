/// One run from its `run` to its final event. Confined to the edge's thread.
final class SSHRun {
    /// How far it has come; each phase but the first four is a call of the session's.
    enum Phase {
        case waiting
        case unlocking
        case resolving
        case connecting
        case handshake
        case authenticating
        case opening
        case executing
        case running
    }

    let number: UInt64
    let command: SSHCommand
    var phase = Phase.waiting
    /// Addresses still to be tried.
    var addresses: ArraySlice<LinkAddress> = []
    /// While it connects; the session has it afterwards.
    var socket: LinkSocket?
    /// When the address in hand is given up, logging in and the run as a whole; nanoseconds of the
    /// monotonic clock.
    var attemptDeadline = Int64.max
    var connectDeadline = Int64.max
    let deadline: Int64
    /// Why the address before failed.
    var lastError = LinkError.timedOut
    /// The user's, once it is read.
    var key: SSHKey?
    private var session: SSHSession?
    private var outputLeft: Int

    init(number: UInt64, command: SSHCommand, deadline: Int64, outputBytes: Int) {
        self.number = number
        self.command = command
        self.deadline = deadline
        outputLeft = outputBytes
    }

    var nextDeadline: Int64 {
        switch phase {
        case .waiting: deadline
        case .connecting: min(deadline, connectDeadline, attemptDeadline)
        case .unlocking, .resolving, .handshake, .authenticating: min(deadline, connectDeadline)
        case .opening, .executing, .running: deadline
        }
    }

    var descriptor: Int32? { session?.descriptor ?? socket?.descriptor }

    var interest: Int16? { session?.interest }

    /// Takes over the connected socket.
    func begin(_ session: SSHSession) {
        self.session = session
        phase = .handshake
    }

    /// Goes on as far as it can without waiting.
    ///
    /// - Returns: the final event, once there is one.
    func step(_ report: (SSHEvent) -> Void) -> SSHEvent? {
        guard let session else { return nil }
        while true {
            switch perform(session) {
            case .failed(let error):
                return deliver(session, report) ?? .failed(error)
            case .wait:
                return deliver(session, report)
            case .done:
                if let final = advance(session, report) { return final }
            }
        }
    }

    /// Asks the device to end the command, and lets go of the session.
    func abandon() {
        session?.terminate()
        session = nil
        socket = nil
    }

    private func perform(_ session: SSHSession) -> SSHSession.Outcome {
        switch phase {
        case .waiting, .unlocking, .resolving, .connecting: .wait
        case .handshake: session.handshake()
        case .authenticating: authenticate(session)
        case .opening: session.openChannel()
        case .executing: session.execute(command.text, input: command.input)
        case .running: session.receive()
        }
    }

    /// Goes to the next phase.
    private func advance(_ session: SSHSession, _ report: (SSHEvent) -> Void) -> SSHEvent? {
        switch phase {
        case .waiting, .unlocking, .resolving, .connecting: return nil
        case .handshake:
            if let error = hostKeyError(session) { return .failed(error) }
            phase = .authenticating
        case .authenticating:
            report(.connected)
            phase = .opening
        case .opening: phase = .executing
        case .executing: phase = .running
        case .running:
            return deliver(session, report) ?? session.end ?? .failed(.disconnected)
        }
        return nil
    }

    /// Nothing of the user's is sent before this has found the key that was expected.
    private func hostKeyError(_ session: SSHSession) -> SSHError? {
        guard let found = session.hostKeyFingerprint() else { return .protocolFailed }
        guard let expected = command.hostKeyFingerprint else {
            return .hostKeyUnknown(fingerprint: found)
        }
        return found == expected ? nil : .hostKeyMismatch(found: found)
    }

    private func authenticate(_ session: SSHSession) -> SSHSession.Outcome {
        if case .password(let password) = command.authentication {
            return session.authenticate(password: password)
        }
        guard let key else { return .failed(.keyUnreadable) }
        return session.authenticate(key: key)
    }

    /// Reports the output that has arrived; the final event when it is too much.
    private func deliver(_ session: SSHSession, _ report: (SSHEvent) -> Void) -> SSHEvent? {
        for piece in session.takeOutput() {
            let bytes = piece.bytes.prefix(outputLeft)
            outputLeft -= bytes.count
            if !bytes.isEmpty { report(.output(Array(bytes), isError: piece.isError)) }
            guard bytes.count == piece.bytes.count else {
                session.terminate()
                return .failed(.outputTooLong)
            }
        }
        return nil
    }
}
