/// Where something stands in a text file; line and column count from 1, columns in characters.
package struct TextPlace: Equatable, Sendable {
    package var line = 1
    package var column = 1

    package init(line: Int = 1, column: Int = 1) {
        self.line = line
        self.column = column
    }
}
