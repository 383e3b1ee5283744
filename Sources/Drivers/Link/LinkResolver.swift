import Engine

/// Looks names up on short-lived threads, a few at a time.
///
/// Confined to one edge's thread; the answers come from threads of their own.
struct LinkResolver<Asker: Sendable & Equatable> {
    private let lookups: Int
    private let addresses: Int
    private let answer: @Sendable (Asker, [LinkAddress]) -> Void
    private var running = 0
    private var waiting: [LinkLookup<Asker>] = []

    /// - Parameters:
    ///   - lookups: most at a time.
    ///   - addresses: most of one name.
    ///   - answer: called from any thread; an empty list means that there is no address.
    init(
        lookups: Int, addresses: Int, answer: @escaping @Sendable (Asker, [LinkAddress]) -> Void
    ) {
        self.lookups = lookups
        self.addresses = addresses
        self.answer = answer
    }

    mutating func resolve(_ asker: Asker, host: String, port: UInt16) {
        waiting.append(
            LinkLookup(asker: asker, host: host, port: port, limit: addresses, answer: answer))
        startNext()
    }

    /// Drops a look-up that has not begun; one that runs is answered to nobody.
    mutating func cancel(_ asker: Asker) {
        waiting.removeAll { $0.asker == asker }
    }

    mutating func finishedOne() {
        running -= 1
        startNext()
    }

    private mutating func startNext() {
        while running < lookups, !waiting.isEmpty {
            let lookup = waiting.removeFirst()
            running += 1
            if !lookup.start() { answer(lookup.asker, []) }
        }
    }
}

/// One name to look up.
private final class LinkLookup<Asker: Sendable>: Sendable {
    let asker: Asker
    private let host: String
    private let port: UInt16
    private let limit: Int
    private let answer: @Sendable (Asker, [LinkAddress]) -> Void

    init(
        asker: Asker, host: String, port: UInt16, limit: Int,
        answer: @escaping @Sendable (Asker, [LinkAddress]) -> Void
    ) {
        self.asker = asker
        self.host = host
        self.port = port
        self.limit = limit
        self.answer = answer
    }

    /// False when the system has no thread left.
    func start() -> Bool {
        do throws(SystemThreadError) {
            try SystemThread(name: "lookup") { self.run() }.detach()
            return true
        } catch {
            return false
        }
    }

    private func run() {
        answer(asker, LinkAddress.resolve(host: host, port: port, isNumeric: false, limit: limit))
    }
}
