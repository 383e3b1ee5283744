import Engine

/// The bounds of game nights.
package struct GameNightLimits: Sendable {
    /// Games of the catalogue: every party pack that there is has some sixty.
    package var games = 5000
    /// Characters of a game's title, its pack and its types.
    package var gameTextCharacters = 200
    /// Players of one game: some let an audience play.
    package var players = 0...100_000
    /// Minutes that a game may be said to take: a day.
    package var lengthMinutes = 1...1440
    /// Nights that are kept: one a day for ten years.
    package var nights = 4000
    /// Games of one night; whoever plays more has a program that runs wild.
    package var gamesPerNight = 500
    /// Games of all nights, a few hundred bytes each.
    package var nightGames = 50_000
    /// Characters of a night's notes.
    package var noteCharacters = 4000
    /// Monitors that may run at once; each holds a connection.
    package var monitors = 500
    /// How often a running monitor says how its game is, from the API's document.
    package var heartbeat = Duration.seconds(20)

    /// Live votes of one night.
    package var votesPerNight = 100_000
    /// Live votes of all nights, some 100 bytes each.
    package var votes = 300_000
    /// A vote of the same user within this time is the same vote, from the contract.
    package var voteSpacing = Duration.seconds(1)
    /// Characters of a name in a vote.
    package var userNameCharacters = 100
    /// Bytes of one message of a chat, and of who wrote it: the longest that a chat platform lets
    /// through is below.
    package var messageBytes = 16 * 1024
    /// Messages of all chats, of which each has a hash of 32 bytes in memory: 20 MB.
    package var messages = 400_000
    /// Bytes of the texts of all chats.
    package var chatBytes = 64 * 1024 * 1024
    /// Messages that are imported in one turn, so that nothing else waits longer than a few
    /// milliseconds.
    package var importSlice = 500
    /// Imports that wait for their turn; each holds its chat in memory.
    package var waitingImports = 4
    /// Matches that the answer to an import lists for whoever looks for a mistake.
    package var listedMatches = 100

    /// Webhooks of the station.
    package var webhooks = 50
    /// Deliveries of one webhook that wait; beyond that the oldest is given up, as the log says.
    package var waitingDeliveries = 1000
    /// Ended deliveries of one webhook that its log keeps.
    package var loggedDeliveries = 100
    /// How long the other side may take: whoever has more to do does it after the answer.
    package var webhookTimeout = Duration.seconds(10)
    /// Pauses between attempts: they double from the one to the other.
    package var webhookRetries = Duration.seconds(1)...Duration.seconds(600)
    /// Attempts in all: with the pauses above they end after two hours or so.
    package var webhookAttempts = 25
    /// Bytes of a webhook's address (what browsers and servers agree to bear).
    package var urlBytes = 2000
    /// Characters of a webhook's name and secret.
    package var webhookTextCharacters = 200

    /// How long a host's login lasts, from the contract.
    package var loginLifetime = Duration.seconds(86_400)
    /// Logins that are remembered; the oldest end first.
    package var logins = 1000
    /// Tries to log in, per address and minute.
    package var loginsPerMinute = 10

    package init() {}
}
