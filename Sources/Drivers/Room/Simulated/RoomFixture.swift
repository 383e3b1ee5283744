package import JSON

/// What a simulated room service says: how it answers, and what happens in its one room.
package struct RoomFixture: Sendable, Equatable {
    /// How a game tells watchers that somebody joined.
    package enum Notices: String, Sendable, CaseIterable {
        /// By `client/connected`.
        case connected
        /// By its descriptions for those who cannot see.
        case descriptions
        /// Not at all.
        case none
    }

    /// What the service does when it is called, or when a watcher comes to the room.
    package struct Reply: Sendable, Equatable {
        package enum Kind: Sendable, Equatable {
            /// What it should do: the room's host, a welcome.
            case proper
            case status(Int)
            /// An error of the service on the opened socket, which it then closes.
            case error(Int64)
            /// Nobody is there.
            case unreachable
            case silence
        }

        package var after: Duration
        package var kind: Kind

        package init(after: Duration = RoomFixture.answerDelay, _ kind: Kind) {
            self.after = after
            self.kind = kind
        }
    }

    /// One thing that happens, a while after the one before; the first, after the first welcome.
    package struct Step: Sendable, Equatable {
        package enum Action: Sendable, Equatable {
            case join(String)
            /// Goes; the service still counts it.
            case leave(String)
            /// Replaces these members of what the game tells about itself.
            case room(JSONObject)
            /// A frame as it is.
            case frame(JSONValue)
            /// A text that need not be a frame.
            case text(String)
            /// An error of the service, out of the blue.
            case error(Int64)
            /// Closes all sockets; the room goes on.
            case close(UInt16)
            /// Closes all sockets, and nobody reaches the service for a while.
            case outage(Duration)
            /// The room is over, and the service says so.
            case exit
            /// The room is over without a word.
            case vanish
        }

        package var after: Duration
        package var action: Action

        package init(after: Duration, _ action: Action) {
            self.after = after
            self.action = action
        }
    }

    /// How soon a simulated service answers unless the fixture says otherwise.
    package static let answerDelay = Duration.milliseconds(50)

    package var title = ""
    /// The game's name at the service.
    package var game = "quiplash3"
    package var maxPlayers = 8
    /// The key under which the game tells of itself: `room` or `bc:room`.
    package var entity = "room"
    package var notices = Notices.connected
    /// What the look-ups get in turn; the last one stays. Empty means `proper`.
    package var lookUps: [Reply] = []
    /// What watchers get in turn who open a socket while none is open; the last one stays.
    package var opens: [Reply] = []
    package var steps: [Step] = []

    package init() {}
}
