/// What is kept of a rotor across a restart.
package struct RotorRecord: Sendable, Equatable {
    package let settings: RotorSettings
    /// The device that has to be leased to have the rotor to oneself; nil for a rotor of everybody.
    package var device: String?
    package var session: SecretHash?
    /// The user who paired it with its session.
    package var pairedBy: String?
    package var mode = TrackingMode.manual
    package var target: Target?
    /// The user who chose the mode or the target last.
    package var orderedBy: String?
}
