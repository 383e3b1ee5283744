/// Bounds on the fixtures of simulated rooms: what is beyond them was written by mistake.
package struct RoomFixtureLimits: Sendable {
    /// A long evening tells of itself some thousand times.
    package var steps = 10_000
    /// Longer pauses than a day are typing errors.
    package var longestPause = Duration.seconds(86_400)
    /// Frames are nested in the file, which is three levels deep itself; a frame for the reader's
    /// own bound is written as a text.
    package var depth = 32

    package init() {}
}
