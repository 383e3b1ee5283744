import Foundation
import TestSupport
import Testing

/// A table of reference values: a first column of names, then numbers.
struct Table {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        /// Nil where the table says nothing.
        let numbers: [Double?]

        var testDescription: String { name }
    }

    let rows: [Row]

    /// Lines that start with `#`, and the line with the columns' names, are for people.
    init(fixture: String) throws {
        let text = try String(contentsOfFile: Fixtures.path(fixture), encoding: .utf8)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
        rows = lines.map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return Row(name: String(cells[0]), numbers: cells.dropFirst().map { Double($0) })
        }
    }
}
