/// Rows of cells under each other, for people.
struct Table {
    private let rows: [[String]]

    init(header: [String] = [], rows: [[String]]) {
        self.rows = (header.isEmpty ? [] : [header.map { $0.uppercased() }]) + rows
    }

    /// Columns two blanks apart, no blanks at the end of a line.
    var text: String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { index, cell in
                let padding = index + 1 < row.count ? cell.1 - cell.0.count + 2 : 0
                return cell.0 + String(repeating: " ", count: padding)
            }
            return cells.joined() + "\n"
        }.joined()
    }
}
