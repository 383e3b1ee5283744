/// Comma-separated values (RFC 4180).
enum CommaSeparatedValues {
    struct Row: Equatable {
        /// Where it begins, from 1.
        let line: Int
        var fields: [String]
    }

    /// The rows of a text, without the empty ones.
    static func rows(of text: String) throws(GameListError) -> [Row] {
        var reader = Reader(bytes: Array(text.utf8))
        return try reader.rows()
    }

    private struct Reader {
        let bytes: [UInt8]
        private var next = 0
        private var line = 1

        init(bytes: [UInt8]) {
            // A byte order mark, as spreadsheets write it.
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
        }

        private var byte: UInt8? { next < bytes.count ? bytes[next] : nil }

        mutating func rows() throws(GameListError) -> [Row] {
            var rows: [Row] = []
            while byte != nil {
                let row = try row()
                if row.fields != [""] { rows.append(row) }
            }
            return rows
        }

        private mutating func row() throws(GameListError) -> Row {
            var row = Row(line: line, fields: [])
            while true {
                row.fields.append(byte == UInt8(ascii: "\"") ? try quoted() : plain())
                switch byte {
                case UInt8(ascii: ",")?: next += 1
                case nil: return row
                default:
                    endLine()
                    return row
                }
            }
        }

        private mutating func plain() -> String {
            let start = next
            while let byte, ![UInt8(ascii: ","), 0x0A, 0x0D].contains(byte) { next += 1 }
            return String(decoding: bytes[start..<next], as: UTF8.self)
        }

        private mutating func quoted() throws(GameListError) -> String {
            let begin = line
            var field: [UInt8] = []
            next += 1
            while let byte {
                next += 1
                if byte == 0x0A { line += 1 }
                guard byte == UInt8(ascii: "\"") else {
                    field.append(byte)
                    continue
                }
                guard self.byte == UInt8(ascii: "\"") else {
                    return try end(of: field)
                }
                field.append(byte)
                next += 1
            }
            throw GameListError(line: begin, "a quotation mark has no end")
        }

        private func end(of field: [UInt8]) throws(GameListError) -> String {
            guard byte == nil || [UInt8(ascii: ","), 0x0A, 0x0D].contains(byte) else {
                throw GameListError(line: line, "behind a quotation mark must be a comma")
            }
            return String(decoding: field, as: UTF8.self)
        }

        private mutating func endLine() {
            if byte == 0x0D { next += 1 }
            if byte == 0x0A { next += 1 }
            line += 1
        }
    }
}
