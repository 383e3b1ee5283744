import Glibc
import Synchronization
import TestSupport
import Testing
import Transport

/// Many lines on the one thread, a core that is full, and the end.
@Suite struct EventClientLoadTests {
    private static let sockets: UInt64 = 200
    private static let messages = 50

    /// Opens sockets that each say their line's number first; the server's numbers by lines.
    private func open(
        _ lines: ClosedRange<UInt64>, _ bench: ClientBench, _ server: EchoServer
    ) async throws -> [UInt64: UInt64] {
        for line in lines {
            bench.open(line, server.socketURL)
            bench.send(line, "\(line)")
        }
        try #require(await eventually { server.heard { $0.messages.count } == lines.count })
        let pairs: [(UInt64, UInt64)] = server.heard { heard in
            heard.messages.compactMap { socket, message in
                guard case .text(let bytes) = message else { return nil }
                return UInt64(String(decoding: bytes, as: UTF8.self)).map { ($0, socket) }
            }
        }
        let numbers = Dictionary(pairs) { $1 }
        try #require(numbers.count == lines.count)
        return numbers
    }

    private func wanted(_ line: UInt64) -> [ClientEvent] {
        [.opened] + (0..<Self.messages).map { .text("\(line) \($0)") }
    }

    private func sayAll(_ numbers: [UInt64: UInt64], _ server: EchoServer) {
        for message in 0..<Self.messages {
            server.perform(
                numbers.map {
                    .send(.text(Array("\($0.key) \(message)".utf8)), to: [$0.value])
                })
        }
    }

    @Test func `two hundred sockets each hear their own messages in order, and calls go on`()
        async throws
    {
        let server = try EchoServer(answer: EchoServer.game)
        let bench = ClientBench()
        let lines = 1...Self.sockets
        let numbers = try await open(lines, bench, server)
        sayAll(numbers, server)
        for call in 1001...1100 as ClosedRange<UInt64> { bench.get(call, server.url + "/\(call)") }
        for line in lines { #expect(await bench.hears(line, wanted(line))) }
        for call in 1001...1100 as ClosedRange<UInt64> {
            #expect(await bench.answer(call) == "200 GET /\(call) -\n")
        }
    }

    @Test func `a full core loses nothing, has nothing reordered, and is not besieged`()
        async throws
    {
        let server = try EchoServer(answer: EchoServer.game)
        let bench = ClientBench()
        let lines = 1...20 as ClosedRange<UInt64>
        let numbers = try await open(lines, bench, server)
        for line in lines { #expect(await bench.hears(line, [.opened])) }
        let before = (offers: bench.offers, time: ContinuousClock.now)
        bench.setAccepting { _ in false }
        sayAll(numbers, server)
        for line in lines { bench.send(line, "still sent") }
        // Sending and the answers to calls do not wait for the core's room.
        #expect(await eventually { server.heard { $0.messages.count } == lines.count * 2 })
        bench.get(100, server.url)
        #expect(await eventually { server.heard { $0.requests.last?.path } == "/" })
        #expect(await eventually { bench.offers > before.offers + 3 })
        let passed = ContinuousClock.now - before.time
        #expect(bench.offers - before.offers <= 100 + Int(passed / .milliseconds(10)))
        #expect(lines.allSatisfy { bench.events($0) == [.opened] })
        // Room for one in three, then for all.
        bench.setAccepting { $0.isMultiple(of: 3) }
        #expect(await eventually { bench.allEvents > lines.count * 2 })
        bench.setAccepting { _ in true }
        for line in lines { #expect(await bench.hears(line, wanted(line))) }
        #expect(await bench.answer(100) == "200 GET / -\n")
    }

    @Test func `what waits for a full core and is closed is not told any more`() async throws {
        let server = try EchoServer(answer: EchoServer.game)
        let bench = ClientBench()
        let numbers = try await open(1...1, bench, server)
        #expect(await bench.hears(1, [.opened]))
        let offers = bench.offers
        bench.setAccepting { _ in false }
        sayAll(numbers, server)
        #expect(await eventually { bench.offers > offers })
        bench.close(1)
        let id = try #require(numbers[1])
        #expect(await eventually { server.heard { $0.closed[id] } == [1000] })
        bench.setAccepting { _ in true }
        #expect(await bench.hears(1, [.opened, .closed(code: 1000, reason: "")]))
    }

    @Test func `an end breaks off everything, and nothing is said after it`() async throws {
        let server = try EchoServer { $0.path == "/never" ? nil : EchoServer.game($0) }
        let silent = try RawServer()
        let bench = ClientBench()
        let numbers = try await open(1...50, bench, server)
        for line in 101...150 as ClosedRange<UInt64> { bench.get(line, server.url + "/never") }
        bench.open(200, "ws://127.0.0.1:\(silent.port)/")
        bench.get(201, "http://\(String(repeating: "a", count: 70)).invalid/")
        sayAll(numbers, server)
        bench.client.stop()
        let heard = bench.allEvents
        bench.get(300, server.url)
        bench.send(1, "after")
        bench.client.stop()
        #expect(
            await eventually {
                server.heard { heard in numbers.values.allSatisfy { heard.closed[$0] != nil } }
            })
        #expect(bench.allEvents == heard)
        for line in 101...200 as ClosedRange<UInt64> { #expect(bench.events(line).isEmpty) }
    }

    @Test func `a client that did nothing has no thread to end`() {
        let bench = ClientBench()
        bench.client.stop()
        bench.get(1, "http://127.0.0.1:1/")
        #expect(bench.events(1).isEmpty)
    }

    @Test func `a client ends with its last owner, even with a full core`() async throws {
        let server = try EchoServer(answer: EchoServer.game)
        do {
            let bench = ClientBench()
            let numbers = try await open(1...5, bench, server)
            bench.setAccepting { _ in false }
            sayAll(numbers, server)
        }
        #expect(await eventually { server.heard { $0.closed.count } == 5 })
    }

    @Test func `three hundred lines that came and went leave no descriptor`() async throws {
        let server = try EchoServer(answer: EchoServer.game)
        let bench = ClientBench { $0.keptConnections = 4 }
        for round in 0..<10 {
            let lines = UInt64(round * 30 + 1)...UInt64(round * 30 + 30)
            for line in lines {
                if line.isMultiple(of: 3) {
                    bench.get(line, server.url)
                } else {
                    bench.open(line, server.socketURL)
                }
            }
            for line in lines { #expect(await bench.first(line) != nil) }
            for line in lines { bench.close(line) }
            #expect(
                await eventually { lines.allSatisfy { bench.events($0).last?.isEnd == true } })
        }
        #expect(await eventually { Self.connections(to: server.address.port) <= 4 })
    }

    /// Our descriptors that are connected to a port.
    private static func connections(to port: UInt16) -> Int {
        (0..<4096 as Range<Int32>).filter { descriptor in
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    getpeername(descriptor, $0, &size)
                }
            }
            return result == 0 && address.sin_port == port.bigEndian
        }.count
    }
}

extension ClientEvent {
    fileprivate var isEnd: Bool {
        switch self {
        case .opened, .received: false
        case .answered, .closed, .failed: true
        }
    }
}
