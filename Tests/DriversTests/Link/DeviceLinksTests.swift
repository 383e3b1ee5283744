import Drivers
import Engine
import Synchronization
import Testing

@Suite struct DeviceLinksTests {
    /// Stands in for the sockets: keeps what was asked, and says what the test says.
    private final class ScriptedEdge: LinkEdge {
        private let asked = Mutex<[(LinkID, LinkAction)]>([])
        let handler: @Sendable (LinkID, LinkEvent) -> Void

        init(handler: @escaping @Sendable (LinkID, LinkEvent) -> Void) {
            self.handler = handler
        }

        func perform(_ action: LinkAction, on link: LinkID) {
            asked.withLock { $0.append((link, action)) }
        }

        func stop() {}

        var links: [LinkID] {
            asked.withLock { asked in
                asked.filter { if case .connect = $0.1 { true } else { false } }.map(\.0)
            }
        }

        func sent(on link: LinkID) -> [String] {
            asked.withLock { asked in
                asked.compactMap { id, action in
                    guard id == link, case .send(let bytes) = action else { return nil }
                    return String(decoding: bytes, as: UTF8.self)
                }
            }
        }
    }

    private struct Bench {
        let rotor: RotorUnderTest
        let edge: ScriptedEdge

        init() throws {
            var made: ScriptedEdge?
            rotor = try RotorUnderTest(live: false) { core in
                let links = try DeviceLinks(core: core) { handler throws(LinkError) in
                    let edge = ScriptedEdge(handler: handler)
                    made = edge
                    return edge
                }
                return RotctldDriver(
                    core: core, name: "1", settings: RotctldSettings(), links: links)
            }
            edge = try #require(made)
            pass(.milliseconds(1))
        }

        func pass(_ duration: Duration) { rotor.world.core.run(for: duration) }

        func say(_ event: LinkEvent, on link: LinkID) {
            edge.handler(link, event)
            pass(.zero)
        }
    }

    @Test func `a late event of an earlier connection is not the new one's`() throws {
        let bench = try Bench()
        let first = try #require(bench.edge.links.first)
        bench.say(.connected, on: first)
        bench.say(.closed(.reset), on: first)
        bench.pass(.seconds(1))
        let second = try #require(bench.edge.links.last)
        #expect(second.connection == first.connection + 1)
        bench.say(.connected, on: second)
        #expect(bench.edge.sent(on: second) == ["\\dump_state\n"])
        bench.rotor.forget()
        bench.say(.received(bytes("RPRT -4\n")), on: first)
        bench.say(.closed(.ended), on: first)
        #expect(bench.edge.sent(on: second) == ["\\dump_state\n"])
        #expect(bench.rotor.events == [])
        bench.say(.received(bytes("RPRT -4\n")), on: second)
        #expect(bench.edge.sent(on: second) == ["\\dump_state\n", "+\\get_pos\n"])
    }

    @Test func `an event for nobody is dropped`() throws {
        let bench = try Bench()
        bench.say(.connected, on: LinkID(driver: 99, connection: 1))
        #expect(bench.rotor.events.compactMap(\.condition) == [.connecting])
    }

    @Test func `what goes out and comes in is part of the trace`() throws {
        func trace(_ reply: String) throws -> UInt64 {
            let bench = try Bench()
            let link = try #require(bench.edge.links.first)
            bench.say(.connected, on: link)
            bench.say(.received(bytes(reply)), on: link)
            return bench.rotor.world.core.progress.trace
        }
        #expect(try trace("RPRT -4\n") == trace("RPRT -4\n"))
        #expect(try trace("RPRT -4\n") != trace("RPRT -1\n"))
    }
}
