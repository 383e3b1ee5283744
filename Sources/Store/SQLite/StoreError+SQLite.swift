extension StoreError {
    /// What SQLite's error means for the database at `path`.
    init(_ error: SQLiteError, path: String) {
        switch error.family {
        case .notADatabase:
            self = .notADatabase(path: path)
        case .corrupt:
            self = .corrupt(path: path, detail: error.message)
        case .passing, .constraint, .lasting:
            self = .database(path: path, cause: error)
        }
    }

    /// What the migrator's failure means for the database at `path`.
    init(_ failure: SchemaMigrator.Failure, path: String) {
        switch failure {
        case .newer(let found, let known):
            self = .newerSchema(path: path, found: found, known: known)
        case .foreign(let table):
            self = .foreignSchema(path: path, detail: "it holds \(table) and no version number")
        case .database(let error):
            self.init(error, path: path)
        }
    }
}
