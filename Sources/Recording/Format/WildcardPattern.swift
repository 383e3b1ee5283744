/// Streams by name, or places in outputs, with `*` for any text: `ws/*`, `http/*:body.deadband`.
package struct WildcardPattern: Sendable, Equatable {
    private let parts: [String]

    package init(_ pattern: String) {
        parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    }

    package func matches(_ text: String) -> Bool {
        guard parts.count > 1, let first = parts.first, let last = parts.last else {
            return text == parts.first
        }
        guard text.utf8.count >= first.utf8.count + last.utf8.count, text.hasPrefix(first),
            text.hasSuffix(last)
        else { return false }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
