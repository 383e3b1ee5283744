private import Glibc

/// Looks names up on short-lived threads, a few at a time.
///
/// Confined to the links' thread; the answers come back through the mailbox.
struct LinkResolver {
    private let mailbox: LinkMailbox
    private let limits: LinkLimits
    private var running = 0
    private var waiting: [LinkLookup] = []

    init(mailbox: LinkMailbox, limits: LinkLimits) {
        self.mailbox = mailbox
        self.limits = limits
    }

    mutating func resolve(_ link: LinkID, host: String, port: UInt16) {
        waiting.append(
            LinkLookup(
                link: link, host: host, port: port, limit: limits.addresses, mailbox: mailbox))
        startNext()
    }

    /// Drops a look-up that has not begun; one that runs is answered to nobody.
    mutating func cancel(_ link: LinkID) {
        waiting.removeAll { $0.link == link }
    }

    mutating func finishedOne() {
        running -= 1
        startNext()
    }

    private mutating func startNext() {
        while running < limits.lookups, !waiting.isEmpty {
            let lookup = waiting.removeFirst()
            running += 1
            if !lookup.start() { mailbox.post(.resolved(lookup.link, [])) }
        }
    }
}

/// One name to look up.
private final class LinkLookup: Sendable {
    let link: LinkID
    private let host: String
    private let port: UInt16
    private let limit: Int
    private let mailbox: LinkMailbox

    init(link: LinkID, host: String, port: UInt16, limit: Int, mailbox: LinkMailbox) {
        self.link = link
        self.host = host
        self.port = port
        self.limit = limit
        self.mailbox = mailbox
    }

    /// False when the system has no thread left.
    func start() -> Bool {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<LinkLookup>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        guard code == 0 else {
            body.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func run() {
        mailbox.post(
            .resolved(
                link,
                LinkAddress.resolve(host: host, port: port, isNumeric: false, limit: limit)))
    }
}
