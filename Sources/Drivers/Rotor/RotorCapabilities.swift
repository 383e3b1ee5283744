/// What a rotor says about itself.
///
/// For display and for a first set-up only: rotctld reports shifted limits when it runs with an
/// offset, so nothing may be refused on their account.
package struct RotorCapabilities: Sendable, Equatable {
    package enum Axes: Sendable, Equatable {
        case azimuth
        case elevation
        case both
        case other
    }

    /// Hamlib's model number; nil for a rotor that is not Hamlib's.
    package var model: Int?
    package var azimuthDegrees: ClosedRange<Double>?
    package var elevationDegrees: ClosedRange<Double>?
    package var axes: Axes?
    /// The rotor's stop is in the north and its own zero in the south.
    package var isSouthZero = false

    package init(
        model: Int? = nil, azimuthDegrees: ClosedRange<Double>? = nil,
        elevationDegrees: ClosedRange<Double>? = nil, axes: Axes? = nil, isSouthZero: Bool = false
    ) {
        self.model = model
        self.azimuthDegrees = azimuthDegrees
        self.elevationDegrees = elevationDegrees
        self.axes = axes
        self.isSouthZero = isSouthZero
    }
}
