/// Streams by name, with `*` for any text: `ws/*`, `*ctld*`.
package struct StreamPattern: Sendable, Equatable {
    private let parts: [String]

    package init(_ text: String) {
        parts = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    }

    package func matches(_ stream: String) -> Bool {
        guard parts.count > 1, let first = parts.first, let last = parts.last else {
            return stream == parts.first
        }
        guard stream.utf8.count >= first.utf8.count + last.utf8.count, stream.hasPrefix(first),
            stream.hasSuffix(last)
        else { return false }
        var rest = stream.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
