import Engine

/// The bounds of workspaces and their sessions.
package struct WorkspaceLimits: Sendable {
    /// A station has a few programs to offer, each set up by hand.
    package var workspaces = 1000
    /// Characters of a name, a type or another short text of a workspace.
    package var nameCharacters = 200
    /// Characters of a description, and of an address of a picture or a page.
    package var textCharacters = 2000
    /// Sessions under way in all; each may be a program of this machine.
    package var activeSessions = 500
    /// Sessions under way of one user, so that nobody takes them all.
    package var activeSessionsPerUser = 50
    /// Sessions that have ended and are kept, some 400 bytes each.
    package var endedSessions = 20_000
    /// Sessions of one answer, from the contract.
    package var sessionsPerAnswer = 100
    /// What a session may be given to live, or to be silent: a second for tests, a year for a
    /// program that runs on its own.
    package var bounds = Duration.seconds(1)...Duration.seconds(366 * 86400)
    /// How long before its end a session's user is warned, where the workspace does not say.
    package var warning = Duration.seconds(60)
    /// Streams of one session that are looked at at once: a laptop, a phone, and somebody helping.
    package var viewersPerSession = 8
    /// Bytes of what is written down of one look at a stream: some hours of a desktop.
    package var captureBytes: UInt64 = 256 * 1024 * 1024

    package init() {}
}
