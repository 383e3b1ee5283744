/// Finds the word that a misspelt one was probably meant to be.
enum Suggestion {
    /// The nearest candidate within a third of the word's letters (at least one), or nil.
    ///
    /// Of several equally near ones the first wins.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        guard word.utf8.count <= maxLetters else { return nil }
        let reach = max(1, word.count / 3)
        var best: (word: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(word, candidate)
            if distance <= min(reach, (best?.distance ?? .max) - 1) {
                best = (candidate, distance)
            }
        }
        return best?.word
    }

    /// Longer words are not misspelt names; comparing them would only cost time.
    private static let maxLetters = 64

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into another.
    ///
    /// Optimal string alignment: no letter is edited twice.
    static func distance(_ from: String, _ to: String) -> Int {
        let from = Array(from)
        let to = Array(to)
        guard !from.isEmpty, !to.isEmpty else { return max(from.count, to.count) }
        var beforeLast: [Int] = []
        var last = Array(0...to.count)
        for row in 1...from.count {
            var current = [row]
            for column in 1...to.count {
                let same = from[row - 1] == to[column - 1]
                var cost = min(
                    last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, from[row - 1] == to[column - 2],
                    from[row - 2] == to[column - 1]
                {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[to.count]
    }
}
