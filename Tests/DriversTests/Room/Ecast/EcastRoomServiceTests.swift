import Drivers
import Engine
import TestSupport
import Testing

/// What the driver asks of the network.
@Suite(.runsTwice) struct EcastRoomServiceTests {
    private func addresses(_ run: RoomUnderTest) -> [String] {
        (run.edge?.asked ?? []).compactMap { action in
            switch action {
            case .call(let request), .open(let request, _): request.url
            case .send, .close: nil
            }
        }
    }

    @Test func `the way back is asked for with id and secret`() throws {
        let run = try RoomUnderTest(.ecast, .file("drops-and-returns"))
        run.watch()
        run.pass(.seconds(12))
        let addresses = addresses(run)
        #expect(addresses.count == 3)
        #expect(addresses[0] == "https://ecast.jackboxgames.com/api/v2/rooms/ABCD")
        #expect(addresses[1].hasSuffix("userId=boresight-3&format=json"))
        #expect(addresses[2] == addresses[1] + "&id=2&secret=secret-of-2")
    }

    @Test func `a stop ends what is under way`() throws {
        let run = try RoomUnderTest(.ecast, .file("quick-lobby"))
        run.watch()
        run.pass(.seconds(5))
        run.stop()
        run.pass(.seconds(1))
        #expect(run.edge?.asked.last == .close(1000))
        let count = run.edge?.asked.count
        run.pass(.seconds(100))
        #expect(run.edge?.asked.count == count)
    }

    @Test func `without a network the watch gives up`() {
        let world = DriverWorld(live: false)
        let heard = RoomReports()
        let core = world.core
        core.perform {
            let lines = WebLines(core: core) { RefusingWebEdge(onEvent: $0) }
            let service = EcastRoomService(
                core: core, settings: EcastSettings(code: "ABCD", session: 1), lines: lines)
            service.enter { $0.watch { heard.add($0) } }
        }
        core.run(for: .seconds(60))
        #expect(heard.all == [.ended(.connectionFailed)])
    }
}
