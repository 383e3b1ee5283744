/// Sees every turn, input and output of a core in order: what a recorder writes down.
///
/// Payloads come with their types, not boxed: a busy core shows a hundred thousand a second.
///
/// Called on the core's thread; must not block and must not change anything in the core. Events are
/// numbered from 1; what one of them caused carries its number.
package protocol CoreObserver: AnyObject, Sendable {
    func turnBegan(_ turn: UInt64, at time: Instant, utc: UTCTime)
    /// `number` counts inputs from 1; `event` is the one that will handle it.
    func input<Payload: StreamPayload>(
        _ number: UInt64, event: UInt64, at time: Instant, payload: Payload)
    /// A timer of `owner` rings.
    func timer(_ owner: Any.Type, event: UInt64, at time: Instant)
    /// `number` counts outputs from 1.
    func output<Payload: StreamPayload>(
        _ number: UInt64, event: UInt64, at time: Instant, payload: Payload)
    /// The core wrote a log line.
    func note(_ entry: LogEntry, event: UInt64, at time: Instant)
    /// - Parameter trace: the hash over all events so far; equal with and without secrets redacted.
    func turnEnded(_ turn: UInt64, events: UInt64, trace: UInt64)
}
