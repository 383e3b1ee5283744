/// Bounds on what a simulated device keeps of what it is sent.
package enum SimulatedDeviceLimits {
    /// Longest command; a longer one is not understood. The drivers' longest is under 50 bytes.
    package static let commandBytes = 1024
}
