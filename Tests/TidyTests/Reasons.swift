/// Words that switch a safeguard off, allowed only below a comment that says why.
enum Reasons {
    static let words = [
        "@unchecked Sendable", "nonisolated(unsafe)", "unsafeBitCast", "try!", "fatalError(",
        "unsafeDowncast", "@preconcurrency",
    ]

    static func findings(in file: SourceFile) -> [Finding] {
        file.code.enumerated().compactMap { index, line in
            guard let word = words.first(where: { line.contains($0) }),
                !hasReason(above: index, in: file)
            else { return nil }
            return file.finding(index, "'\(word)' without a comment above that says why")
        }
    }

    /// A comment on the line above, or above the block of like lines that it speaks for.
    private static func hasReason(above index: Int, in file: SourceFile) -> Bool {
        var above = index - 1
        while above >= 0 {
            let line = file.lines[above].drop { $0 == " " }
            if line.hasPrefix("//") { return true }
            // Attributes, and neighbours that share the comment.
            let sharesIt = line.hasPrefix("@") || words.contains { file.code[above].contains($0) }
            let continues =
                file.code[above].hasSuffix("(") || line.hasPrefix(")") || line.hasSuffix(")")
            guard sharesIt || continues, !line.isEmpty else { return false }
            above -= 1
        }
        return false
    }
}
