/// One connection of one driver.
///
/// A driver counts `connection` up for each `connect`, and drops events that carry another number:
/// so an event of an earlier connection that was already on its way is never taken for the new one.
package struct LinkID: Sendable, Hashable {
    /// The driver's number, for finding it again.
    package let driver: Int
    /// The driver's own count of attempts.
    package let connection: Int

    package init(driver: Int, connection: Int) {
        self.driver = driver
        self.connection = connection
    }
}
