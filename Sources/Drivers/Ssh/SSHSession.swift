private import CSSH
private import Glibc

/// One session of libssh with its one channel; owns their pointers and the socket's descriptor.
///
/// Confined to the edge's thread; no call waits.
final class SSHSession {
    /// What a call came to.
    enum Outcome: Equatable {
        case done
        /// To be called again when the socket is ready.
        case wait
        case failed(SSHError)
    }

    let descriptor: Int32
    private let file: FileIdentity?
    private let session: ssh_session
    private var channel: ssh_channel?
    private var poll: ssh_event?
    private let callbacks: UnsafeMutablePointer<ssh_channel_callbacks_struct>
    private let inbox = SSHInbox()
    private var passwordWay: PasswordWay?
    private var hasAnswered = false
    /// Whether the device had hung up before the call in hand, with nothing left to read: libssh
    /// does not tell that from what it does not understand.
    private var wasGone = false
    /// What is left of the command's input; nil when its end has been sent as well.
    private var input: ArraySlice<UInt8>? = []

    /// Takes over a connected socket. Nil when there is no memory.
    init?(descriptor: Int32, user: String) {
        guard let session = ssh_new() else {
            Glibc.close(descriptor)
            return nil
        }
        self.session = session
        self.descriptor = descriptor
        file = FileIdentity(descriptor)
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: Self.callbacks(into: inbox))
        var given = descriptor
        ssh_set_blocking(session, 0)
        // What users of this machine have set up for their own ssh must not decide anything here.
        var no = false
        ssh_options_set(session, SSH_OPTIONS_PROCESS_CONFIG, &no)
        for option in [SSH_OPTIONS_SSH_DIR, SSH_OPTIONS_KNOWNHOSTS, SSH_OPTIONS_GLOBAL_KNOWNHOSTS] {
            ssh_options_set(session, option, "/dev/null")
        }
        // The name is for libssh's own list of known hosts, which is empty.
        ssh_options_set(session, SSH_OPTIONS_HOST, "device")
        guard ssh_options_set(session, SSH_OPTIONS_USER, user) == SSH_OK,
            ssh_options_set(session, SSH_OPTIONS_FD, &given) == SSH_OK
        else { return nil }
    }

    deinit {
        if let poll {
            ssh_event_remove_session(poll, session)
            ssh_event_free(poll)
        }
        if let channel {
            ssh_remove_channel_callbacks(channel, callbacks)
            ssh_channel_free(channel)
        }
        ssh_disconnect(session)
        ssh_free(session)
        callbacks.deinitialize(count: 1)
        callbacks.deallocate()
        // Whether libssh closes a descriptor that it was given depends on its version, and on who
        // ended the connection: it is closed here if it still is the same socket.
        if let file, FileIdentity(descriptor) == file { Glibc.close(descriptor) }
    }

    // MARK: Waiting

    /// What the socket must be ready for, as events of poll(2).
    var interest: Int16 {
        let flags = ssh_get_poll_flags(session)
        return Int16(POLLIN) | (flags & SSH_WRITE_PENDING != 0 ? Int16(POLLOUT) : 0)
    }

    // MARK: Login

    func handshake() -> Outcome {
        noteHangUp()
        let result = ssh_connect(session)
        // libssh makes the socket a waiting one as soon as it is connected.
        let flags = fcntl(descriptor, F_GETFL)
        if flags >= 0, flags & O_NONBLOCK == 0 {
            _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        }
        switch result {
        case SSH_OK: return .done
        case SSH_AGAIN where !isClosed: return .wait
        default: return .failed(wasGone ? .disconnected : .protocolFailed)
        }
    }

    private func noteHangUp() {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        wasGone = count == 0 || (count < 0 && errno != EAGAIN)
    }

    /// Nil when the device has shown no key, which no handshake ends with.
    func hostKeyFingerprint() -> String? {
        var key: ssh_key?
        guard ssh_get_server_publickey(session, &key) == SSH_OK, let key else { return nil }
        return SSHKey(owning: key).fingerprint()
    }

    func authenticate(password: String) -> Outcome {
        noteHangUp()
        while true {
            switch passwordWay {
            case nil:
                // The answer tells what the device takes, and no device counts this as a try.
                let result = ssh_userauth_none(session, nil)
                guard result == SSH_AUTH_DENIED.rawValue else { return login(result) }
                passwordWay = PasswordWay(offered: ssh_userauth_list(session, nil))
            case .plain: return login(ssh_userauth_password(session, nil, password))
            case .answer: return answer(with: password)
            case .nowhere: return .failed(.authenticationRefused)
            }
        }
    }

    /// How the device takes a password.
    private enum PasswordWay {
        case plain
        /// To a question in its own words.
        case answer
        case nowhere

        init(offered: Int32) {
            let offered = UInt32(bitPattern: offered)
            if offered & SSH_AUTH_METHOD_PASSWORD != 0 {
                self = .plain
            } else {
                self = offered & SSH_AUTH_METHOD_INTERACTIVE != 0 ? .answer : .nowhere
            }
        }
    }

    /// Answers one question that hides what is typed, and no other: a second one wants something
    /// else than the password.
    private func answer(with password: String) -> Outcome {
        while true {
            let result = ssh_userauth_kbdint(session, nil, nil)
            guard result == SSH_AUTH_INFO.rawValue else { return login(result) }
            let questions = ssh_userauth_kbdint_getnprompts(session)
            // A notice without a question wants an answer without one.
            if questions == 0 { continue }
            var isShown: CChar = 1
            guard questions == 1, !hasAnswered,
                ssh_userauth_kbdint_getprompt(session, 0, &isShown) != nil, isShown == 0,
                ssh_userauth_kbdint_setanswer(session, 0, password) == 0
            else { return .failed(.authenticationRefused) }
            hasAnswered = true
        }
    }

    func authenticate(key: SSHKey) -> Outcome {
        noteHangUp()
        return login(ssh_userauth_publickey(session, nil, key.pointer))
    }

    private func login(_ result: Int32) -> Outcome {
        switch result {
        case SSH_AUTH_SUCCESS.rawValue: .done
        case SSH_AUTH_AGAIN.rawValue where !isClosed: .wait
        // A device that has refused often enough says so and hangs up.
        default: .failed(wasGone ? .disconnected : .authenticationRefused)
        }
    }

    // MARK: Command

    func openChannel() -> Outcome {
        if channel == nil {
            channel = ssh_channel_new(session)
            if let channel { ssh_set_channel_callbacks(channel, callbacks) }
        }
        guard let channel else { return .failed(.commandRefused) }
        return request(ssh_channel_open_session(channel))
    }

    func execute(_ text: String, input: [UInt8]) -> Outcome {
        guard let channel else { return .failed(.commandRefused) }
        self.input = input[...]
        return request(ssh_channel_request_exec(channel, text))
    }

    private func request(_ result: Int32) -> Outcome {
        switch result {
        case SSH_OK: .done
        case SSH_AGAIN where !isClosed: .wait
        default: .failed(isClosed ? .disconnected : .commandRefused)
        }
    }

    /// Takes what has arrived of the running command; `done` when nothing more will come.
    func receive() -> Outcome {
        if poll == nil {
            guard let made = ssh_event_new() else { return .failed(.other(ENOMEM)) }
            ssh_event_add_session(made, session)
            poll = made
        }
        if inbox.isClosed { return .done }
        sendInput()
        ssh_event_dopoll(poll, 0)
        if inbox.isClosed { return .done }
        return isClosed ? .failed(.disconnected) : .wait
    }

    /// Sends as much of the input as the device has room for; that it has more wakes the socket.
    private func sendInput() {
        guard let channel, var input else { return }
        while !input.isEmpty {
            let sent = input.withUnsafeBytes {
                ssh_channel_write(channel, $0.baseAddress, UInt32(clamping: $0.count))
            }
            // A command that has ended reads no more; how it ended is still to come.
            guard sent >= 0 else { return self.input = nil }
            input = input.dropFirst(Int(sent))
            self.input = input
            if sent == 0 { return }
        }
        self.input = nil
        ssh_channel_send_eof(channel)
    }

    /// Pieces of output since the last call, in the order of their arrival.
    func takeOutput() -> [(bytes: [UInt8], isError: Bool)] {
        defer { inbox.output = [] }
        return inbox.output
    }

    /// How the command ended, as far as the device has told.
    var end: SSHEvent? { inbox.end }

    /// Asks the device to end the command; it may not listen.
    func terminate() {
        guard let channel, !isClosed, !inbox.isClosed else { return }
        ssh_channel_request_send_signal(channel, "TERM")
        ssh_channel_close(channel)
    }

    private var isClosed: Bool {
        ssh_is_connected(session) == 0
            || ssh_get_status(session) & (SSH_CLOSED | SSH_CLOSED_ERROR) != 0
    }

    /// The functions that libssh calls, on this thread, while it takes packets apart.
    private static func callbacks(into inbox: SSHInbox) -> ssh_channel_callbacks_struct {
        var callbacks = ssh_channel_callbacks_struct()
        callbacks.size = MemoryLayout<ssh_channel_callbacks_struct>.size
        // The session owns the inbox and outlives the channel.
        callbacks.userdata = Unmanaged.passUnretained(inbox).toOpaque()
        callbacks.channel_data_function = { _, _, data, count, isError, inbox in
            guard let data, let inbox = SSHInbox.behind(inbox) else { return 0 }
            let bytes = UnsafeRawBufferPointer(start: data, count: Int(count))
            inbox.output.append((Array(bytes), isError != 0))
            return Int32(clamping: count)
        }
        callbacks.channel_exit_status_function = { _, _, status, inbox in
            SSHInbox.behind(inbox)?.end = .ended(exitCode: UInt32(bitPattern: status))
        }
        callbacks.channel_exit_signal_function = { _, _, name, _, _, _, inbox in
            SSHInbox.behind(inbox)?.end = .signalled(name.map { String(cString: $0) } ?? "")
        }
        callbacks.channel_close_function = { _, _, inbox in
            SSHInbox.behind(inbox)?.isClosed = true
        }
        return callbacks
    }
}

/// What libssh's callbacks leave behind.
private final class SSHInbox {
    var output: [(bytes: [UInt8], isError: Bool)] = []
    var end: SSHEvent?
    var isClosed = false

    static func behind(_ pointer: UnsafeMutableRawPointer?) -> SSHInbox? {
        pointer.map { Unmanaged<SSHInbox>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// Which open file a descriptor stands for; nil when for none.
private struct FileIdentity: Equatable {
    private let device: UInt64
    private let node: UInt64

    init?(_ descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        node = UInt64(status.st_ino)
    }
}
