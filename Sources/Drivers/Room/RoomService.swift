package import Engine

/// Watches one room of a party game from outside. Real and simulated services pass the same
/// contract tests.
///
/// An actor of its owner's core, made for one room and one watch.
package protocol RoomService: CoreActor {
    /// Begins; `report` is called on the core, never within this call.
    ///
    /// What follows: any number of `connected`, `status` and `interrupted`, the first of them
    /// `connected`, and at most one `ended`, which is the last.
    func watch(_ report: @escaping @Sendable (RoomEvent) -> Void)

    /// Ends the watch; nothing is reported any more.
    func stop()
}

/// What happens in a room, and to the way there.
package enum RoomEvent: Sendable, Equatable {
    /// The watch is in the room: at first, and again after each interruption.
    case connected(RoomStatus)
    /// The room is otherwise than it was reported last.
    case status(RoomStatus)
    /// The connection is lost and sought again.
    case interrupted
    case ended(RoomEnd)
}

/// How a room is.
package struct RoomStatus: Sendable, Equatable {
    /// The game's name at the service, such as `drawful2international`.
    package var appTag = ""
    package var maxPlayers: Int?
    /// In the order in which they joined, those who have left included: the service tells of none
    /// who leaves.
    package var players: [String] = []
    /// In the words of the game, passed on as they are, such as `CanStart`.
    package var lobbyState: String?
    /// The same, such as `Lobby` and `Gameplay`.
    package var gameState: String?
    /// The game has left its lobby; stays true for the rest of the watch.
    ///
    /// Games name their states as they like; what they have in common is `Lobby` and, before it,
    /// `Logo` and the like. Any other state is one of the game (seen in the models of
    /// github.com/V-ALICE/JackboxGPT). A room without a state has not started.
    package var hasStarted = false
    /// The game is over; stays true for the rest of the watch, also when the players go back to the
    /// lobby: the next game is another watch.
    ///
    /// It says so itself, by `gameFinished`, by its state `EndGame` or by the lobby's `PostGame`.
    /// Before a start that is still the game before.
    package var hasFinished = false

    package init() {}
}

/// Why there is nothing more to see in a room.
package enum RoomEnd: String, Sendable, CaseIterable {
    /// The room is over.
    case closed = "room_closed"
    case notFound = "room_not_found"
    /// The service cannot be reached, or not any more.
    case connectionFailed = "connection_failed"
    /// The service lets nobody watch this room.
    case roleRejected = "role_rejected"
}
