/// In which order events of the same instant run.
package enum Schedule: Sendable, Equatable {
    /// In the order in which they were scheduled: a live station, and its replay.
    case arrival
    /// Permuted anew at every instant by the seed. Events of one handler keep their order.
    case random
    /// Every handler has a priority from the seed, and at `changes` moments among the first
    /// `events` events the one that runs falls behind all others. Finds orders that need few but
    /// well-placed exceptions (probabilistic concurrency testing, Burckhardt et al., ASPLOS 2010).
    case priorities(changes: Int, events: UInt64)
}
