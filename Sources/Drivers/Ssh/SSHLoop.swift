private import CLinux
import Engine
private import Glibc

/// What other threads have for the edge's thread.
enum SSHLetter: Sendable {
    case action(UInt64, SSHAction)
    case unlocked(UInt64, Result<SSHKey, SSHError>)
    case resolved(UInt64, [LinkAddress])
    case stop
}

/// The edge's thread: waits for sockets, letters and time-outs, and serves each in turn.
final class SSHLoop {
    private let mailbox: LinkMailbox<SSHLetter>
    private let limits: SSHLimits
    private let onEvent: @Sendable (UInt64, SSHEvent) -> Bool
    private var unlocker: HelperThreads<UInt64, Result<SSHKey, SSHError>>
    private var resolver: HelperThreads<UInt64, [LinkAddress]>
    /// Runs with a session or on their way to one, and those that wait for one in their order.
    private var active: [UInt64: SSHRun] = [:]
    private var waiting: [SSHRun] = []
    /// What the core had no room for, oldest first. Bounded, as each run's output is.
    private var refused: [(run: UInt64, event: SSHEvent)] = []
    private var isStopping = false

    init(
        mailbox: LinkMailbox<SSHLetter>, limits: SSHLimits,
        onEvent: @escaping @Sendable (UInt64, SSHEvent) -> Bool
    ) {
        self.mailbox = mailbox
        self.limits = limits
        self.onEvent = onEvent
        unlocker = HelperThreads(name: "ssh key", limit: limits.unlocks) {
            mailbox.post(.unlocked($0, $1 ?? .failure(.noThread)))
        }
        resolver = HelperThreads(name: "lookup", limit: limits.lookups) {
            mailbox.post(.resolved($0, $1 ?? []))
        }
    }

    func run() {
        while !isStopping {
            let ready = waitForReady()
            deliverRefused()
            readMail()
            for run in ready {
                if let run = active[run] { serve(run) }
            }
            expire()
        }
        for run in (Array(active.values) + waiting).sorted(by: { $0.number < $1.number }) {
            end(run, .failed(.cancelled))
        }
        waitForUnlocks()
    }

    /// The process may end next, and libssh's parts with it: none may be at work then.
    private func waitForUnlocks() {
        while unlocker.isBusy {
            var polled = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
            poll(&polled, 1, -1)
            for case .unlocked in mailbox.takeAll() { unlocker.finishedOne() }
        }
    }

    /// Waits until something is to be done; the runs whose sockets are ready.
    private func waitForReady() -> [UInt64] {
        let runs = active.values.filter { $0.descriptor != nil }
            .sorted { $0.number < $1.number }
        var polled = [pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)]
        for run in runs {
            polled.append(
                pollfd(
                    fd: run.descriptor ?? -1, events: run.interest ?? Int16(POLLOUT), revents: 0))
        }
        guard poll(&polled, nfds_t(polled.count), millisecondsToWait()) > 0 else { return [] }
        return zip(runs, polled.dropFirst()).filter { $0.1.revents != 0 }.map(\.0.number)
    }

    // MARK: Letters

    private func readMail() {
        for letter in mailbox.takeAll() {
            switch letter {
            case .stop: isStopping = true
            case .action(let number, .run(let command)): add(number, command)
            case .action(let number, .cancel):
                guard let run = active[number] ?? waiting.first(where: { $0.number == number })
                else { continue }
                end(run, .failed(.cancelled))
            case .unlocked(let number, let key):
                unlocker.finishedOne()
                guard let run = active[number], run.phase == .unlocking else { continue }
                connect(run, with: key)
            case .resolved(let number, let addresses):
                resolver.finishedOne()
                guard let run = active[number], run.phase == .resolving else { continue }
                run.addresses = addresses[...]
                run.lastError = .unresolvable
                tryNextAddress(run)
            }
        }
    }

    private func add(_ number: UInt64, _ command: SSHCommand) {
        guard limits.allow(command) else { return say(number, .failed(.invalidCommand)) }
        guard waiting.count < limits.waiting else { return say(number, .failed(.busy)) }
        waiting.append(
            SSHRun(
                number: number, command: command,
                deadline: later(min(command.totalTimeout, limits.totalTimeout)),
                outputBytes: limits.outputBytes))
        startNext()
    }

    // MARK: Connecting

    private func startNext() {
        while !isStopping, active.count < limits.sessions, !waiting.isEmpty {
            let run = waiting.removeFirst()
            active[run.number] = run
            open(run)
        }
    }

    private func open(_ run: SSHRun) {
        run.connectDeadline = later(min(run.command.connectTimeout, limits.connectTimeout))
        guard case .privateKey(let text, let passphrase) = run.command.authentication else {
            return lookUp(run)
        }
        guard let passphrase else {
            return connect(run, with: SSHKey.read(text, passphrase: nil))
        }
        guard SSHKeyLock(text).opens(within: limits.keyRounds) else {
            return end(run, .failed(.keyTooSlow))
        }
        run.phase = .unlocking
        unlocker.ask(run.number) { SSHKey.read(text, passphrase: passphrase) }
    }

    private func connect(_ run: SSHRun, with key: Result<SSHKey, SSHError>) {
        switch key {
        case .success(let key):
            run.key = key
            lookUp(run)
        case .failure(let error): end(run, .failed(error))
        }
    }

    private func lookUp(_ run: SSHRun) {
        run.phase = .resolving
        let (host, port, limit) = (run.command.host, run.command.port, limits.addresses)
        let numeric = LinkAddress.resolve(host: host, port: port, isNumeric: true, limit: limit)
        guard numeric.isEmpty else {
            run.addresses = numeric[...]
            return tryNextAddress(run)
        }
        resolver.ask(run.number) {
            LinkAddress.resolve(host: host, port: port, isNumeric: false, limit: limit)
        }
    }

    private func tryNextAddress(_ run: SSHRun) {
        run.socket = nil
        while let address = run.addresses.popFirst() {
            let now = clinux_monotonic_nanoseconds()
            let left = max(0, run.connectDeadline - now)
            run.attemptDeadline = now + left / Int64(run.addresses.count + 1)
            do throws(LinkError) {
                let socket = try LinkSocket(family: address.family)
                try socket.connect(to: address)
                run.socket = consume socket
                run.phase = .connecting
                return
            } catch {
                run.lastError = error
            }
        }
        end(run, .failed(SSHError(run.lastError)))
    }

    private func finishConnecting(_ run: SSHRun) {
        if let error = run.socket?.connectResult() {
            run.lastError = error
            return tryNextAddress(run)
        }
        guard let socket = run.socket.take() else { return }
        let descriptor = socket.release()
        guard let session = SSHSession(descriptor: descriptor, user: run.command.user) else {
            return end(run, .failed(.other(ENOMEM)))
        }
        run.begin(session)
        step(run)
    }

    // MARK: Sessions

    private func serve(_ run: SSHRun) {
        if run.phase == .connecting { finishConnecting(run) } else { step(run) }
    }

    private func step(_ run: SSHRun) {
        let final = run.step { say(run.number, $0) }
        if let final { end(run, final) }
    }

    private func end(_ run: SSHRun, _ final: SSHEvent) {
        run.abandon()
        unlocker.cancel(run.number)
        resolver.cancel(run.number)
        active[run.number] = nil
        waiting.removeAll { $0.number == run.number }
        say(run.number, final)
        startNext()
    }

    // MARK: Reports

    private func say(_ run: UInt64, _ event: SSHEvent) {
        if !refused.isEmpty || !onEvent(run, event) { refused.append((run, event)) }
    }

    private func deliverRefused() {
        let taken = refused.prefix { onEvent($0.run, $0.event) }.count
        refused.removeFirst(taken)
    }

    // MARK: Time

    private func expire() {
        let now = clinux_monotonic_nanoseconds()
        let late = (Array(active.values) + waiting).filter { $0.nextDeadline <= now }
        for run in late.sorted(by: { $0.number < $1.number }) {
            if run.deadline <= now {
                end(run, .failed(.commandTimedOut))
            } else if run.connectDeadline <= now {
                end(run, .failed(.connectTimedOut))
            } else {
                run.lastError = .timedOut
                tryNextAddress(run)
            }
        }
    }

    private func millisecondsToWait() -> Int32 {
        var next = (Array(active.values) + waiting).map(\.nextDeadline).min() ?? .max
        if !refused.isEmpty { next = min(next, later(limits.redelivery)) }
        guard next < .max else { return -1 }
        let nanoseconds = max(0, next - clinux_monotonic_nanoseconds())
        return Int32(clamping: nanoseconds / 1_000_000 + 1)
    }

    private func later(_ timeout: Duration) -> Int64 {
        clinux_monotonic_nanoseconds() + max(.zero, timeout).nanoseconds
    }
}

extension SSHLimits {
    /// Whether libssh, which takes texts up to their first zero byte, gets what was meant.
    fileprivate func allow(_ command: SSHCommand) -> Bool {
        var texts = [command.host, command.user, command.text]
        var isAllowed = texts.allSatisfy { !$0.isEmpty && $0.utf8.count <= textBytes }
        isAllowed = isAllowed && command.input.count <= inputBytes
        switch command.authentication {
        case .password(let password):
            texts.append(password)
            isAllowed = isAllowed && password.utf8.count <= textBytes
        case .privateKey(let key, let passphrase):
            texts += [key, passphrase ?? ""]
            isAllowed =
                isAllowed && key.utf8.count <= keyBytes
                && (passphrase ?? "").utf8.count <= textBytes
        }
        return isAllowed && texts.allSatisfy { !$0.utf8.contains(0) }
    }
}
