/// In which order events of the same instant run.
package enum Schedule: Sendable, Equatable {
    /// In the order in which they were scheduled: a live station, and its replay.
    case arrival
    /// Permuted by the seed, to find what depends on the order. Events of one handler keep theirs.
    case seeded
}
