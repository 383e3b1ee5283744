/// Bounds of the questions to WireGuard.
package struct WireGuardLimits: Sendable {
    /// A peer's keys are void this long after its last handshake (REJECT_AFTER_TIME of the
    /// protocol): nothing that came later was encrypted by it.
    package var handshakeAge = Duration.seconds(180)
    /// How long an answer is good for further questions: less than a person needs to come back
    /// through another network, and more than a page needs for all that it asks.
    package var answerLife = Duration.seconds(2)
    /// How long `wg` may take; it answers in milliseconds.
    package var patience = Duration.seconds(3)

    package init() {}
}
