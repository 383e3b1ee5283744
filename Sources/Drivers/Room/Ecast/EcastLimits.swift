/// Bounds on one watch of a room, and on what the room service may say to it.
package struct EcastLimits: Sendable {
    // MARK: What is read

    /// Longest frame. A welcome carries all of a room's entities, drawings among them: some hundred
    /// kilobytes. Reading a longer one would hold up the whole station.
    package var frameBytes = 1 << 20
    /// Longest answer to a look-up; real ones are below one kilobyte.
    package var lookUpBytes = 1 << 16
    /// Longest name of a player. The games take 12 characters, some of several scalars.
    package var nameScalars = 48
    /// Longest state of a game or a lobby, and longest name of a game. Known ones are below 32.
    package var wordScalars = 64
    /// Most players. No game takes more than 16, but late visitors have ids of their own.
    package var players = 256
    /// Longest secret. A real one is a UUID; it is sent back in an address.
    package var secretBytes = 128
    /// Most descriptions looked at in one frame. A game sends those of one moment.
    package var descriptions = 64

    // MARK: How long is waited

    /// From a look-up to its answer. The service takes well below a second.
    package var lookUpTimeout = Duration.seconds(10)
    /// From opening a socket to its handshake's end.
    package var openTimeout = Duration.seconds(10)
    /// From opening a socket to the welcome, which the service sends at once.
    package var welcomeTimeout = Duration.seconds(15)
    /// How much later than the edge's own time-out the session gives up on a silent edge: the news
    /// may be lost when the core's inbox is full.
    package var reportMargin = Duration.seconds(2)

    // MARK: How often is asked

    /// Pause between two probes. Some games tell watchers nothing of who joins; in a lobby 20
    /// seconds are soon enough, and a probe costs the service a connection.
    package var probePause = Duration.seconds(20)
    /// From the notice of a join to the probe that asks who it was: several join at a time.
    package var noticePause = Duration.seconds(1)
    /// Shortest pause between two probes, however many notices come.
    package var shortestProbePause = Duration.seconds(5)

    // MARK: How often is tried

    /// The pause after the first failure; jitter adds up to half of it, and each further pause is
    /// twice as long. These two are what the service's own client keeps to.
    package var firstPause = Duration.seconds(1)
    package var longestPause = Duration.seconds(13)
    /// Further tries before the room was ever seen: half a minute, for somebody waits in front of a
    /// page.
    package var triesToEnter = 5
    /// Further tries after that: two minutes, in which a router restarts.
    package var triesToReturn = 12
    /// A connection that held so long makes the tries count from nothing. A shorter one does not,
    /// or a service that drops everybody at once would be asked for ever.
    package var steadyAfter = Duration.seconds(30)

    package init() {}
}
