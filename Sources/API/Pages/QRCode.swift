private import CQRencode

/// A QR code as rows of dark and light modules.
package struct QRCode: Sendable {
    /// Modules along one side, without the quiet zone.
    package let side: Int
    private let modules: [Bool]

    /// Light modules that must surround the code (ISO/IEC 18004 §6.3.8).
    package static let quietZone = 4

    /// The code of a text with medium error correction; nil when it is too long for one (2,331
    /// bytes).
    package init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        guard let cells = code.pointee.data else { return nil }
        // The lowest bit of each byte tells dark from light; the others are libqrencode's own.
        modules = (0..<side * side).map { cells[$0] & 1 == 1 }
    }

    /// Whether a module is dark; outside the code everything is light.
    package func isDark(row: Int, column: Int) -> Bool {
        guard (0..<side).contains(row), (0..<side).contains(column) else { return false }
        return modules[row * side + column]
    }

    /// The code as an SVG picture, one path, scalable, with its quiet zone.
    package var svg: String {
        let size = side + 2 * Self.quietZone
        var path = ""
        for row in 0..<side {
            var column = 0
            while column < side {
                guard isDark(row: row, column: column) else {
                    column += 1
                    continue
                }
                let start = column
                while isDark(row: row, column: column) { column += 1 }
                path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1"
                path += "h-\(column - start)z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" \
            shape-rendering="crispEdges" role="img" aria-label="QR code">\
            <rect width="\(size)" height="\(size)" fill="#fff"/>\
            <path d="\(path)" fill="#000"/></svg>
            """
    }

    /// The code for a terminal: two rows of modules a line, as half blocks, dark on light.
    package var terminal: String {
        let range = -Self.quietZone / 2..<side + Self.quietZone / 2
        var text = ""
        for row in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
            for column in range {
                switch (isDark(row: row, column: column), isDark(row: row + 1, column: column)) {
                case (false, false): text += "█"
                case (false, true): text += "▀"
                case (true, false): text += "▄"
                case (true, true): text += " "
                }
            }
            text += "\n"
        }
        return text
    }
}
