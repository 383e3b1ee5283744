import JSON

/// A server's list of objects as a table with a column for each chosen member.
struct ListTable {
    let columns: [(title: String, key: String)]

    func text(_ reply: ServerReply, as format: OutputFormat) -> String {
        switch format {
        case .json: return reply.value.text + "\n"
        case .table:
            let rows = (reply.value.arrayValue ?? []).compactMap(\.objectValue).map { object in
                columns.map { Words.text(object[$0.key]) }
            }
            return Table(header: columns.map(\.title), rows: rows).text
        }
    }
}
