import JSON

/// A server's list of objects as a table with a column for each chosen member.
struct ListTable {
    let columns: [(title: String, key: String)]

    func text(_ reply: ServerReply, as format: OutputFormat) -> String {
        switch format {
        case .json: reply.value.text + "\n"
        case .table:
            text((reply.value.arrayValue ?? []).compactMap(\.objectValue), as: .table)
        }
    }

    func text(_ objects: [JSONObject], as format: OutputFormat) -> String {
        switch format {
        case .json: JSONValue.array(objects.map(JSONValue.object)).text + "\n"
        case .table:
            Table(
                header: columns.map(\.title),
                rows: objects.map { object in columns.map { Words.text(object[$0.key]) } }
            ).text
        }
    }
}
