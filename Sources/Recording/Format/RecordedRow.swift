package import Engine
package import JSON

/// One row of the store as it was when the recording began.
package struct RecordedRow: Sendable, Equatable {
    package let table: String
    package let row: StoreRow

    package init(table: String, row: StoreRow) {
        self.table = table
        self.row = row
    }
}

extension RecordedRow {
    init(_ json: JSONObject) throws(RecordingProblem) {
        guard let table = json["row"]?.stringValue, let values = json["values"]?.objectValue else {
            throw .missing("values", "the row's columns")
        }
        self.table = table
        row = try StoreRow(recorded: values)
    }
}

extension StoreRow {
    /// Columns as a recording writes them: blobs as `{"hex":…}`, reals as `{"real":…}`, because
    /// JSON has one kind of number.
    var recorded: JSONObject {
        JSONObject(
            columns.map { column in
                let value: JSONValue =
                    switch column.value {
                    case .null: .null
                    case .integer(let value): .integer(value)
                    case .real(let value): ["real": .number(value)]
                    case .text(let value): .string(value)
                    case .blob(let bytes): ["hex": .string(Hex.text(bytes))]
                    }
                return JSONObject.Member(key: column.name, value: value)
            })
    }

    package init(recorded json: JSONObject) throws(RecordingProblem) {
        var columns: [Column] = []
        for member in json.members {
            let value: StoreValue
            switch member.value {
            case .null: value = .null
            case .integer(let number): value = .integer(number)
            case .string(let text): value = .text(text)
            case .object(let object):
                if let real = object["real"]?.doubleValue {
                    value = .real(real)
                } else if let bytes = object["hex"]?.stringValue.flatMap(Hex.bytes) {
                    value = .blob(bytes)
                } else {
                    throw .missing(member.key, "a column's value")
                }
            default: throw .missing(member.key, "a column's value")
            }
            columns.append(Column(name: member.key, value: value))
        }
        self.init(columns: columns)
    }
}
