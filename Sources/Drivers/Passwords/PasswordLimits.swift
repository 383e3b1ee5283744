/// The bounds of passwords.
package struct PasswordLimits: Sendable {
    /// Unicode scalars of a new one. Six at least, as in the systems whose API this is, which with
    /// the bound on tries is beyond guessing; 128 at most is more than a sentence, and less than
    /// would make anybody wait.
    package var characters = 6...128
    /// Hashes that wait their turn, one at a time: each takes 64 MB and a fraction of a second, so
    /// that the last of them waits a few seconds.
    package var waitingJobs = 16
    /// After how long somebody whose hash found no place may come again.
    package var retryAfter = Duration.seconds(5)

    package init() {}
}
