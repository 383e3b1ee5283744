/// What a rotor driver tells its owner.
package enum RotorEvent: Sendable, Equatable {
    case state(DriverState)
    /// Where the rotor says it stands, in its own degrees. Comes with every answered poll, changed
    /// or not, so that its arrival shows how fresh it is.
    case position(azimuthDegrees: Double, elevationDegrees: Double)
    /// Follows each submitted command once. `nil` means that the rotor accepted it, not that it has
    /// arrived.
    case finished(RotorCommand, RotorError?)
    /// What the rotor says about itself; after each connection.
    case capabilities(RotorCapabilities)
}
