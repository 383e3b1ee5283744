/// Bounds of what is told of the drivers' health.
package struct HealthLimits: Sendable {
    /// Ways to devices, the newest ones: a page that asks every second must not be handed
    /// thousands of devices, and nobody reads them.
    package var connections = 100

    package init() {}
}
