import Drivers
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SocketLinksTests {
    /// What the links reported, in order.
    private final class Heard: Sendable {
        private let events = Mutex<[(LinkID, LinkEvent)]>([])

        func add(_ link: LinkID, _ event: LinkEvent) {
            events.withLock { $0.append((link, event)) }
        }

        func on(_ link: LinkID) -> [LinkEvent] {
            events.withLock { $0.filter { $0.0 == link }.map(\.1) }
        }
    }

    private let heard: Heard
    private let links: SocketLinks
    private let link = LinkID(driver: 1, connection: 1)

    init() throws {
        let heard = Heard()
        self.heard = heard
        var limits = LinkLimits()
        limits.lookups = 1
        links = try SocketLinks(limits: limits) { heard.add($0, $1) }
    }

    private func connect(
        _ link: LinkID, _ host: String, _ port: UInt16, timeout: Duration = .seconds(20)
    ) {
        links.perform(.connect(host: host, port: port, timeout: timeout), on: link)
    }

    private func hears(_ events: [LinkEvent], on link: LinkID) async -> Bool {
        await eventually { heard.on(link) == events }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `bytes go both ways, and the other side's close ends the link`(host: String) async throws {
        let listener = try LoopbackListener()
        connect(link, host, listener.port)
        links.perform(.send(bytes("early ")), on: link)
        try listener.accept()
        #expect(await eventually { heard.on(link).first == .connected })
        links.perform(.send(bytes("late")), on: link)
        #expect(listener.receive(10) == bytes("early late"))
        listener.send("answer")
        #expect(await hears([.connected, .received(bytes("answer"))], on: link))
        listener.closePeer()
        #expect(
            await hears([.connected, .received(bytes("answer")), .closed(.ended)], on: link))
    }

    @Test func `a port where nobody listens refuses`() async throws {
        connect(link, "127.0.0.1", try Loopback.freePort())
        #expect(await hears([.closed(.refused)], on: link))
    }

    @Test func `a name without an address cannot be resolved`() async {
        connect(link, "no-such-host.invalid", 1)
        #expect(await hears([.closed(.unresolvable)], on: link))
    }

    @Test func `a connection that is not made in time is given up`() async throws {
        // A full backlog: the kernel answers no further connection.
        let listener = try FullBacklog()
        connect(link, "127.0.0.1", listener.port, timeout: .milliseconds(100))
        #expect(await hears([.closed(.timedOut)], on: link))
    }

    @Test func `a reset is told from a close`() async throws {
        let listener = try LoopbackListener()
        connect(link, "127.0.0.1", listener.port)
        try listener.accept()
        #expect(await hears([.connected], on: link))
        listener.resetPeer()
        #expect(await hears([.connected, .closed(.reset)], on: link))
    }

    @Test func `our own close is cancelled, and the next connection has its own events`()
        async throws
    {
        let listener = try LoopbackListener()
        connect(link, "127.0.0.1", listener.port)
        try listener.accept()
        listener.send("old")
        links.perform(.close, on: link)
        // The listener lets go of its first peer when it accepts another.
        #expect(await eventually { heard.on(link).last == .closed(.cancelled) })
        let next = LinkID(driver: 1, connection: 2)
        connect(next, "127.0.0.1", listener.port)
        try listener.accept()
        listener.send("new")
        #expect(await hears([.connected, .received(bytes("new"))], on: next))
        #expect(heard.on(link).last == .closed(.cancelled))
        links.perform(.send(bytes("to nobody")), on: link)
        links.perform(.send(bytes("x")), on: next)
        #expect(listener.receive(1) == bytes("x"))
    }

    @Test func `a peer that does not read ends the link at the queue's bound`() async throws {
        let listener = try LoopbackListener()
        connect(link, "127.0.0.1", listener.port)
        try listener.accept()
        let piece = [UInt8](repeating: 0, count: 32 * 1024)
        // The kernel takes a few megabytes before the queue begins to fill.
        #expect(
            await eventually {
                links.perform(.send(piece), on: link)
                return heard.on(link).last == .closed(.notReading)
            })
    }

    @Test func `a slow name server holds up no other link`() async throws {
        let listener = try LoopbackListener()
        for number in 1...5 {
            connect(LinkID(driver: 9, connection: number), "host-\(number).invalid", 1)
        }
        connect(link, "127.0.0.1", listener.port)
        try listener.accept()
        #expect(await hears([.connected], on: link))
        for number in 1...5 {
            let id = LinkID(driver: 9, connection: number)
            #expect(await hears([.closed(.unresolvable)], on: id))
        }
    }

    @Test func `stopping closes what is open and what is being made, and is final`() async throws {
        let listener = try LoopbackListener()
        let backlog = try FullBacklog()
        let second = LinkID(driver: 2, connection: 1)
        connect(link, "127.0.0.1", listener.port)
        connect(second, "127.0.0.1", backlog.port)
        try listener.accept()
        #expect(await hears([.connected], on: link))
        links.stop()
        #expect(heard.on(link) == [.connected, .closed(.cancelled)])
        #expect(heard.on(second) == [.closed(.cancelled)])
        connect(LinkID(driver: 3, connection: 1), "127.0.0.1", listener.port)
        links.stop()
    }
}
