/// Columns of lines that are written one after the other, so that their widths are known before.
struct LineColumns {
    enum Width {
        case left(Int)
        case right(Int)
    }

    private let columns: [(title: String, width: Width)]

    init(_ columns: [(title: String, width: Width)]) {
        self.columns = columns
    }

    var header: String { line(columns.map { $0.title.uppercased() }) }

    /// The cells two blanks apart, no blanks at the end; one that is too wide moves the others on.
    func line(_ cells: [String]) -> String {
        let padded = zip(cells, columns).map { cell, column in
            switch column.width {
            case .left(let width): cell + Self.blanks(width - cell.count)
            case .right(let width): Self.blanks(width - cell.count) + cell
            }
        }
        var line = padded.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }

    private static func blanks(_ count: Int) -> String {
        String(repeating: " ", count: max(0, count))
    }
}
