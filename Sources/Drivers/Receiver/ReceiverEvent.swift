/// What a receiver driver tells its owner.
package enum ReceiverEvent: Sendable, Equatable {
    case state(DriverState)
    /// One per epoch of the receiver, usually one a second, with or without a position.
    case fix(GPSFix)
}
