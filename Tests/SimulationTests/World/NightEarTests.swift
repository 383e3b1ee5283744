import Engine
import JSON
import Testing

@testable import Simulation

@Suite struct NightEarTests {
    private func time(_ seconds: Double) -> Instant {
        .start.advanced(by: .milliseconds(Int64(seconds * 1000)))
    }

    private func message(_ type: String, game: Int = 7) -> [UInt8] {
        Array(#"{"type":"\#(type)","timestamp":"","data":{"gameId":\#(game)}}"#.utf8)
    }

    private let subscribed = Array(#"{"type":"subscribed","sessionId":1}"#.utf8)
    private let unsubscribed = Array(#"{"type":"unsubscribed","sessionId":1}"#.utf8)

    /// A game whose monitor runs from the beginning.
    private let running = [MonitoredGame(night: 1, game: 7, since: .start)]

    private func ear(_ heard: [(seconds: Double, message: [UInt8])], starts: Int = 1) -> NightEar {
        var ear = NightEar()
        for (seconds, message) in heard {
            ear.hear(message, at: time(seconds)) { _ in starts }
        }
        return ear
    }

    @Test func `what has data is an event, answers and nonsense are none`() {
        let ear = ear([
            (1, subscribed), (2, message("game.added")), (3, message("vote.received")),
            (4, Array(#"{"type":"pong"}"#.utf8)), (5, Array("hello".utf8)),
        ])
        #expect(ear.events == 2)
        #expect(ear.afterDisconnect == 0)
    }

    @Test func `a heartbeat has twenty-one seconds, then each further one is late`() {
        var ear = ear([(0, subscribed), (20, message("game.status"))])
        ear.look(at: time(41), running: running)
        #expect(ear.lateHeartbeats == 0)
        ear.look(at: time(41.2), running: running)
        ear.look(at: time(41.4), running: running)
        #expect(ear.lateHeartbeats == 1)
        ear.look(at: time(62.4), running: running)
        #expect(ear.lateHeartbeats == 2)
    }

    @Test func `nothing is late for who does not follow, or no more, or of a monitor just begun`() {
        var strange = ear([])
        strange.look(at: time(100), running: running)
        #expect(strange.lateHeartbeats == 0)
        var gone = ear([(0, subscribed), (1, unsubscribed)])
        gone.look(at: time(100), running: running)
        #expect(gone.lateHeartbeats == 0)
        var cutOff = ear([(0, subscribed)])
        cutOff.loseSocket()
        cutOff.look(at: time(100), running: running)
        #expect(cutOff.lateHeartbeats == 0)
        var early = ear([(0, subscribed)])
        early.look(at: time(100), running: [.init(night: 1, game: 7, since: time(80))])
        #expect(early.lateHeartbeats == 0)
    }

    @Test func `a monitor that takes the place of another has a rhythm of its own`() {
        var ear = ear(
            [
                (0, subscribed), (20, message("game.status")), (39, message("room.disconnected")),
            ], starts: 2)
        ear.look(at: time(59.5), running: running)
        #expect(ear.lateHeartbeats == 0)
    }

    @Test(arguments: ["game.status", "room.connected", "lobby.updated", "room.disconnected"])
    func `what a monitor says after its end is counted, unless another was begun`(_ type: String) {
        let heard = [(1.0, message("room.disconnected")), (2.0, message(type))]
        #expect(ear(heard).afterDisconnect == 1)
        #expect(ear(heard, starts: 2).afterDisconnect == 0)
    }

    @Test func `what is no monitor's may come after its end, and other games' monitors speak on`() {
        let ear = ear([
            (1, message("room.disconnected")), (2, message("game.added")),
            (2, message("player-count.updated")), (2, message("vote.received")),
            (2, message("game.status", game: 8)),
        ])
        #expect(ear.afterDisconnect == 0)
        #expect(ear.events == 5)
    }
}
