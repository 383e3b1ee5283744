/// What is kept of a rotor across a restart.
package struct RotorRecord: Sendable, Equatable {
    package let settings: RotorSettings
    package let session: SecretHash?
    package let mode: TrackingMode
    package let target: Target?
}
