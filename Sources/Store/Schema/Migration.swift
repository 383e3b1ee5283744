/// One numbered step of the database's schema.
///
/// A migration that has been released never changes; a new one is added behind it.
package struct Migration: Sendable {
    /// The schema version that this step leads to: 1, 2, 3 and so on.
    package let version: Int64
    /// SQL statements, separated by semicolons; they run in one transaction.
    package let sql: String

    package init(version: Int64, sql: String) {
        self.version = version
        self.sql = sql
    }

    /// Every migration, in order.
    package static let all: [Migration] = [
        version1, version2, version3, version4, version5, version6, version7, version8,
    ]
}
