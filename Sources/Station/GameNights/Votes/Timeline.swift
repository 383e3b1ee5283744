package import Engine

/// Which game of a night was played when: each from its beginning to that of the next one.
package struct Timeline: Sendable, Equatable {
    package let games: [NightGame]

    /// - Parameter games: of one night.
    package init(_ games: [NightGame]) {
        self.games = games.sorted { ($0.playedAt, $0.id) < ($1.playedAt, $1.id) }
    }

    /// Nil before the first one.
    package func game(at time: UTCTime) -> NightGame? {
        // The last that had begun: bisection, as an import asks a hundred thousand times.
        var (low, high) = (0, games.count)
        while low < high {
            let middle = (low + high) / 2
            if games[middle].playedAt <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : games[low - 1]
    }
}
