package import Engine

/// What is stored at one moment, read beside a daemon that may be writing; changes nothing.
///
/// Belongs to the thread that made it.
package final class StoreReader {
    private let path: String
    private let connection: SQLiteConnection

    /// Opens the database of a data directory as it is now.
    package init(
        directory: String, limits: StoreLimits = StoreLimits()
    ) throws(StoreError) {
        path = DataDirectory(path: directory).databasePath
        do throws(SQLiteError) {
            connection = try SQLiteConnection(path: path, access: .readOnly, limits: limits)
            // Everything is read in one transaction, and so of one moment.
            try connection.execute("BEGIN")
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Hands over the rows of a table one by one, ascending by a column, to the end or until
    /// `eachRow` says that it wants no more.
    ///
    /// Nothing is believed of the file: a column can have a value of any type.
    package func forEachRow(
        in name: String, orderedBy column: String, _ eachRow: (StoreRow) -> Bool
    ) throws(StoreError) {
        let table = StoreSchema.current.table(name)
        let sql = table.selectSQL(orderedBy: table.position(of: column))
        do throws(SQLiteError) {
            try connection.forEachRow(sql) { eachRow(table.row($0)) }
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
