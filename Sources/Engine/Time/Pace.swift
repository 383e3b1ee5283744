/// What moves the core's clock.
package enum Pace: Sendable, Equatable {
    /// Engine time runs with the machine's monotonic clock.
    case live
    /// Engine time runs `factor` times as fast as the machine's monotonic clock.
    case paced(factor: Double)
    /// Engine time jumps to the next event; idle time costs nothing.
    case virtual
}
