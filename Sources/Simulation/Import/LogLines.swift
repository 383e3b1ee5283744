/// The lines of a text log, with their numbers; `\r\n` ends a line as well as `\n`.
struct LogLines: Sequence, IteratorProtocol {
    struct Line {
        /// From 1.
        let number: Int
        /// Without its end.
        let bytes: ArraySlice<UInt8>

        /// Empty for what is not UTF-8.
        var text: String { String(validating: bytes, as: UTF8.self) ?? "" }
    }

    private var rest: ArraySlice<UInt8>
    private var number = 0

    init(_ bytes: some Sequence<UInt8>) {
        rest = ArraySlice(bytes)
    }

    mutating func next() -> Line? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: UInt8(ascii: "\n"))
        var bytes = rest[..<(end ?? rest.endIndex)]
        rest = end.map { rest[($0 + 1)...] } ?? []
        if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
        number += 1
        return Line(number: number, bytes: bytes)
    }

    /// All of them, when none is too long.
    static func read(_ bytes: [UInt8], _ limits: ImportLimits) throws(ImportProblem) -> [Line] {
        var lines: [Line] = []
        for line in LogLines(bytes) {
            guard line.bytes.count <= limits.lineBytes else {
                throw .lineTooLong(line: line.number, limit: limits.lineBytes)
            }
            lines.append(line)
        }
        return lines
    }
}
