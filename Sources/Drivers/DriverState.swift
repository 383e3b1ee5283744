package import Engine

/// How a driver stands with its device, and since when.
///
/// A driver reports each change once. While it tries again after a failure it stays `failed` with
/// the latest reason, so that a state does not flap between attempts.
package struct DriverState: Sendable, Equatable {
    package enum Condition: Sendable, Equatable {
        /// Not started, or stopped: nobody looks for the device.
        case absent
        /// The first attempt is on its way; the device has not been seen yet.
        case connecting
        /// The device answers.
        case ready
        /// The connection stands, but what the device says is old or is an error.
        case degraded(DriverFault)
        /// The device cannot be used; the driver goes on trying.
        case failed(DriverFault)
    }

    package let condition: Condition
    /// Engine time of the change.
    package let since: Instant

    package init(_ condition: Condition, since: Instant) {
        self.condition = condition
        self.since = since
    }
}
