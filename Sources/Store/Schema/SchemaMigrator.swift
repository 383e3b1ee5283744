import Engine

/// Brings a database to the newest schema version, one transaction for each step.
///
/// The version is SQLite's `user_version`. <https://www.sqlite.org/pragma.html#pragma_user_version>
package struct SchemaMigrator: Sendable {
    /// Why a database cannot be brought to the newest version.
    package enum Failure: Error, Equatable {
        /// The database's version is above every known one.
        case newer(found: Int64, known: Int64)
        /// The database has no version but has tables, so another program made it.
        case foreign(table: String)
        /// SQLite refused a step; the database stays at the version before it.
        case database(SQLiteError)
    }

    private let migrations: [Migration]

    /// - Parameter migrations: Versions 1, 2, 3 and so on, without a gap.
    package init(_ migrations: [Migration] = Migration.all) {
        for (index, migration) in migrations.enumerated() {
            precondition(migration.version == Int64(index) + 1, "migrations are not in order")
        }
        self.migrations = migrations
    }

    /// The version that `migrate` leads to.
    package var newestVersion: Int64 { migrations.last?.version ?? 0 }

    /// Applies the steps that the database lacks.
    package func migrate(_ connection: SQLiteConnection) throws(Failure) {
        let found = try version(of: connection)
        guard found <= newestVersion, found >= 0 else {
            throw .newer(found: found, known: newestVersion)
        }
        if found == 0, let table = try firstTable(of: connection) {
            throw .foreign(table: table)
        }
        for migration in migrations where migration.version > found {
            try apply(migration, to: connection)
        }
    }

    private func version(of connection: SQLiteConnection) throws(Failure) -> Int64 {
        do throws(SQLiteError) {
            guard
                case .integer(let version) = try connection.rows("PRAGMA user_version").first?.first
            else { return 0 }
            return version
        } catch {
            throw .database(error)
        }
    }

    private func firstTable(of connection: SQLiteConnection) throws(Failure) -> String? {
        do throws(SQLiteError) {
            let sql = "SELECT name FROM sqlite_schema ORDER BY name LIMIT 1"
            guard case .text(let name) = try connection.rows(sql).first?.first else { return nil }
            return name
        } catch {
            throw .database(error)
        }
    }

    private func apply(_ migration: Migration, to connection: SQLiteConnection) throws(Failure) {
        do throws(SQLiteError) {
            try connection.transaction { () throws(SQLiteError) in
                try connection.execute(migration.sql)
                try connection.execute("PRAGMA user_version = \(migration.version)")
            }
        } catch {
            throw .database(error)
        }
    }
}
