/// The part of a growing output that has not been shown yet.
struct OutputTail {
    private var shownBytes = 0

    /// What is new; outputs only grow.
    mutating func new(_ output: String) -> String {
        defer { shownBytes = max(shownBytes, output.utf8.count) }
        return String(decoding: output.utf8.dropFirst(shownBytes), as: UTF8.self)
    }

    /// What is new of a failed command's output, without its last line, and that line: the reason.
    mutating func last(_ output: String) -> (new: String, reason: String) {
        var lines = new(output).split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        let reason = lines.popLast().map(String.init) ?? "the command has failed"
        return (lines.map { $0 + "\n" }.joined(), reason)
    }
}
