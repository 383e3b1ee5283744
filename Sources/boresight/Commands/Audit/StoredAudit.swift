import Engine
import Store

/// The audit in a data directory.
struct StoredAudit {
    private let reader: StoreReader

    static let options = [
        Settings.Declared.data.declaration.option, Configuration.fileOption.declaration,
    ]

    init(_ invocation: Invocation, _ context: CommandContext) throws(CommandFailure) {
        let data = try Configuration.load(invocation, context).settings.data
        reader = try Self.worded { () throws(StoreError) in try StoreReader(directory: data) }
    }

    /// Hands over the rows one by one, until `eachRow` says that it wants no more.
    func forEachRow(_ eachRow: (StoreRow) -> Bool) throws(CommandFailure) {
        try Self.worded { () throws(StoreError) in
            try reader.forEachRow(in: "audit", orderedBy: "number", eachRow)
        }
    }

    /// The number that was given last; nil when nothing says it.
    func counted() throws(CommandFailure) -> Int64? {
        var counted: Int64?
        try Self.worded { () throws(StoreError) in
            try reader.forEachRow(in: "counters", orderedBy: "name") { row in
                if row.text("name") == "audit" { counted = row.integer("value") }
                return true
            }
        }
        return counted
    }

    private static func worded<Result>(
        _ read: () throws(StoreError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(StoreError) {
            return try read()
        } catch {
            throw CommandFailure(
                .failure, error.description,
                hint: "--data names the directory of a station that has run at least once")
        }
    }
}
