import JSON

extension RoomFixture {
    /// A short evening of four friends, for whoever has no game at hand: somebody joins every few
    /// seconds, a minute and a half is played, and the room is over half a minute later.
    package static var demonstration: RoomFixture {
        var fixture = RoomFixture()
        fixture.title = "Four friends play a round"
        fixture.game = "drawful2international"
        fixture.steps = [
            Step(
                after: .zero,
                .room(["state": .string("Lobby"), "lobbyState": .string("WaitingForMore")])),
            Step(after: .seconds(3), .join("ADA")),
            Step(after: .seconds(4), .join("GRACE")),
            Step(after: .seconds(5), .join("LINUS")),
            Step(after: .seconds(1), .room(["lobbyState": .string("CanStart")])),
            Step(after: .seconds(4), .join("MARGARET")),
            Step(after: .seconds(6), .room(["lobbyState": .string("Countdown")])),
            Step(
                after: .seconds(3),
                .room([
                    "state": .string("Gameplay_Logo"), "lobbyState": .null,
                    "gameFinished": .bool(false),
                ])),
            Step(after: .seconds(10), .room(["state": .string("Gameplay")])),
            Step(after: .seconds(40), .leave("LINUS")),
            Step(
                after: .seconds(40),
                .room([
                    "state": .string("Lobby"), "lobbyState": .string("PostGame"),
                    "gameFinished": .bool(true),
                ])),
            Step(after: .seconds(30), .exit),
        ]
        return fixture
    }
}
