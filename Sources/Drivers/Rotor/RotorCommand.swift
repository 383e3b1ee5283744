/// What a rotor can be told.
package enum RotorCommand: Sendable, Equatable {
    /// Turn to the position, in the rotor's own degrees: overlap beyond 0…360 is meant as written.
    case point(azimuthDegrees: Double, elevationDegrees: Double)
    /// Stand still at once.
    case stop
    /// Go to the rotor's own parking position.
    case park
}
