/// Sees every turn, input and output of a core in order: what a recorder writes down.
///
/// Called on the core's thread; must not block and must not change anything in the core.
package protocol CoreObserver: AnyObject, Sendable {
    func turnBegan(_ turn: UInt64, at time: Instant, utc: UTCTime)
    /// `number` counts inputs, `event` all events of the core; both from 1.
    func input(_ number: UInt64, event: UInt64, at time: Instant, payload: any StreamPayload)
    /// `event` is the one that caused the output.
    func output(_ number: UInt64, event: UInt64, at time: Instant, payload: any StreamPayload)
    func turnEnded(_ turn: UInt64, events: UInt64, trace: UInt64)
}
