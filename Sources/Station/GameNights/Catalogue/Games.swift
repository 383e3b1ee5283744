package import Engine

/// The catalogue of games.
package actor Games: CoreActor {
    package nonisolated let core: Core
    package nonisolated let limits: GameNightLimits
    private var ids: NumberedIDs
    private var games: [Int: Game] = [:]
    /// Those that a fresh store starts from are stored once one of them is changed.
    private var isStored = true

    init(core: Core, limits: GameNightLimits) {
        self.core = core
        self.limits = limits
        ids = NumberedIDs(core: core, name: "games")
    }

    func start(_ rows: [StoreRow], counters: [StoreRow]) {
        for game in rows.compactMap(Game.stored) { games[game.id] = game }
        if games.isEmpty, !counters.contains(where: { $0.text("name") == "games" }) {
            takeInitial()
        }
        ids.start(counters: counters, used: games.keys)
    }

    private func takeInitial() {
        isStored = false
        for (index, description) in GameList.initial.enumerated() {
            games[index + 1] = Game(
                id: index + 1, description: description, createdAt: core.utc.milliseconds)
        }
    }

    private func storeInitial() {
        guard !isStored else { return }
        isStored = true
        ids.save()
        for game in games.values.sorted(by: { $0.id < $1.id }) {
            core.write(.put(table: "games", row: game.row))
        }
    }

    /// By pack and title.
    package func all() -> [Game] {
        games.values.sorted {
            ($0.description.pack, $0.description.title, $0.id)
                < ($1.description.pack, $1.description.title, $1.id)
        }
    }

    package func game(_ id: Int) -> Game? { games[id] }

    package func add(_ description: Game.Description) throws(GamesError) -> Game {
        try check(description)
        guard games.count < limits.games else { throw .tooManyGames }
        let game = Game(id: ids.next(), description: description, createdAt: core.utc)
        keep(game)
        return game
    }

    package func change(
        _ id: Int, to description: Game.Description
    ) throws(GamesError) -> Game {
        guard var game = games[id] else { throw .unknownGame }
        try check(description)
        game.description = description
        keep(game)
        return game
    }

    /// - Parameter isUsed: whether a night has it, which then could not be told any more.
    package func delete(_ id: Int, isUsed: Bool) throws(GamesError) {
        guard games[id] != nil else { throw .unknownGame }
        guard !isUsed else { throw .isUsed }
        remove(id)
    }

    /// Takes in a whole list, or nothing of it.
    ///
    /// A game that is known by its pack and title is changed and keeps its number and its votes.
    ///
    /// - Parameter used: when given, every other game goes; those that a night has are disabled.
    package func take(
        _ list: [Game.Description], replacing used: ((Int) -> Bool)?
    ) throws(GamesError) -> (added: Int, changed: Int, removed: Int) {
        for description in list { try check(description) }
        var known: [[String]: Int] = [:]
        for game in all() { known[game.name] = game.id }
        let listed = Set(list.map { [$0.pack, $0.title] })
        let added = listed.filter { known[$0] == nil }.count
        // Of two games with one name, which people may add by hand, both go.
        let goes =
            used == nil
            ? []
            : games.values.filter { !listed.contains($0.name) }
                .map(\.id).sorted()
        let leave = goes.count { used?($0) != true }
        guard games.count - leave + added <= limits.games else { throw .tooManyGames }
        for description in list {
            let key = [description.pack, description.title]
            if let id = known[key], var game = games[id] {
                game.description = description
                keep(game)
            } else {
                let id = ids.next()
                known[key] = id
                keep(Game(id: id, description: description, createdAt: core.utc))
            }
        }
        for id in goes {
            guard var game = games[id] else { continue }
            if used?(id) == true {
                game.description.isEnabled = false
                keep(game)
            } else {
                remove(id)
            }
        }
        return (added, listed.count - added, goes.count)
    }

    func played(_ id: Int) {
        guard var game = games[id] else { return }
        game.plays += 1
        keep(game)
    }

    /// Counts votes; the game as it is then.
    @discardableResult
    func vote(_ id: Int, up: Int, down: Int) -> Game? {
        guard var game = games[id] else { return nil }
        game.upvotes += up
        game.downvotes += down
        keep(game)
        return game
    }

    private func check(_ description: Game.Description) throws(GamesError) {
        if let problem = description.problem(limits) { throw .invalid(problem) }
    }

    private func keep(_ game: Game) {
        storeInitial()
        games[game.id] = game
        core.write(.put(table: "games", row: game.row))
    }

    private func remove(_ id: Int) {
        storeInitial()
        games[id] = nil
        core.write(.delete(table: "games", key: ["id": .integer(Int64(id))]))
    }
}

extension Game {
    /// What a list knows it by.
    fileprivate var name: [String] { [description.pack, description.title] }
}

/// Why a change to the catalogue is refused.
package enum GamesError: Error, Sendable, Equatable {
    case unknownGame
    case invalid(GameProblem)
    case tooManyGames
    /// A night has it.
    case isUsed
}
