import Drivers
package import Engine

/// The nights, their games, and the monitors that watch the games' rooms.
///
/// At most one night is active, and at most one game of it is `playing`.
package actor GameNights: CoreActor {
    package nonisolated let core: Core
    /// Published about the night, whose number is the key; the beginning of a night is news for
    /// everybody.
    package nonisolated let news = Topic<NightNews>("game-night.news")
    package nonisolated let limits: GameNightLimits
    nonisolated let games: Games
    private let audit: Audit
    private let makeService: @Sendable (RoomWish) -> any RoomService
    private var nightIDs: NumberedIDs
    private var gameIDs: NumberedIDs
    private var nights: [Int: GameNight] = [:]
    /// By night, in the order in which they were added.
    private var nightGames: [Int: [NightGame]] = [:]
    private var gameCount = 0
    /// By the number of the night's game.
    private var monitors: [Int: ShardMonitor] = [:]
    private var lastWatch: UInt64 = 0

    /// - Parameter makeService: gives the way to a room.
    init(
        core: Core, limits: GameNightLimits, games: Games, audit: Audit,
        makeService: @escaping @Sendable (RoomWish) -> any RoomService
    ) {
        self.core = core
        self.limits = limits
        self.games = games
        self.audit = audit
        self.makeService = makeService
        nightIDs = NumberedIDs(core: core, name: "game_nights")
        gameIDs = NumberedIDs(core: core, name: "night_games")
    }

    /// Takes over what is stored; monitors that ran go on.
    func start(nights nightRows: [StoreRow], games gameRows: [StoreRow], counters: [StoreRow]) {
        for night in nightRows.compactMap(GameNight.stored) { nights[night.id] = night }
        let stored = gameRows.compactMap(NightGame.stored).sorted { $0.id < $1.id }
        for game in stored { nightGames[game.night, default: []].append(game) }
        gameCount = stored.count
        nightIDs.start(counters: counters, used: nights.keys)
        gameIDs.start(counters: counters, used: stored.map(\.id))
        for game in stored where game.check == .monitoring {
            if nights[game.night]?.isActive == true { watch(game) }
        }
    }

    // MARK: Nights

    /// Newest first.
    package func all() -> [GameNight] {
        nights.values.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    }

    package var active: GameNight? { nights.values.first { $0.isActive } }

    package func night(_ id: Int) throws(GameNightError) -> GameNight {
        guard let night = nights[id] else { throw .unknownNight }
        return night
    }

    /// In the order in which they were added.
    package func games(of night: Int) -> [NightGame] { nightGames[night] ?? [] }

    /// The games of the catalogue that any night has.
    package var usedGames: Set<Int> { Set(nightGames.values.joined().map(\.game)) }

    package func begin(notes: String?) throws(GameNightError) -> GameNight {
        if let active { throw .anotherIsActive(active.id) }
        try check(notes)
        guard nights.count < limits.nights else { throw .tooManyNights }
        let night = GameNight(id: nightIDs.next(), notes: notes, createdAt: core.utc.milliseconds)
        keep(night)
        publish(.started(night), of: night.id)
        return night
    }

    /// - Parameter notes: replace those of the night; nil leaves them.
    package func close(_ id: Int, notes: String?) throws(GameNightError) -> GameNight {
        var night = try night(id)
        guard night.isActive else { throw .isClosed }
        try check(notes)
        for game in games(of: id) {
            stopMonitor(of: game.id)
            if game.status == .playing { change(game.id, of: id) { $0.status = .played } }
        }
        if let notes { night.notes = notes }
        night.closedAt = max(core.utc.milliseconds, night.createdAt)
        keep(night)
        publish(.ended(night, gamesPlayed: games(of: id).count), of: id)
        return night
    }

    package func delete(_ id: Int) throws(GameNightError) {
        guard try !night(id).isActive else { throw .isActive }
        nights[id] = nil
        gameCount -= nightGames.removeValue(forKey: id)?.count ?? 0
        core.write(.delete(table: "night_games", key: ["night_id": .integer(Int64(id))]))
        core.write(.delete(table: "game_nights", key: ["id": .integer(Int64(id))]))
    }

    private func check(_ notes: String?) throws(GameNightError) {
        guard let notes else { return }
        guard notes.unicodeScalars.count <= limits.noteCharacters else {
            throw .notes(characters: limits.noteCharacters)
        }
    }

    private func keep(_ night: GameNight) {
        nights[night.id] = night
        core.write(.put(table: "game_nights", row: night.row))
    }

    func publish(_ event: NightEvent, of night: Int) {
        news.publish(
            NightNews(night: night, time: core.utc, event: event),
            about: [NightNews.key(night)])
    }

    // MARK: Games

    package func game(_ id: Int, of night: Int) throws(GameNightError) -> NightGame {
        guard let game = nightGames[night]?.first(where: { $0.id == id }) else {
            throw .unknownNightGame
        }
        return game
    }

    /// Adds what is played from now on; what was played before is `played`.
    package func add(
        _ gameID: Int, to id: Int, isManual: Bool, roomCode: String?
    ) throws(GameNightError) -> NightGame {
        let night = try night(id)
        guard night.isActive else { throw .isClosed }
        guard let game = games.enter({ $0.game(gameID) }) else { throw .unknownGame }
        try check(roomCode: roomCode)
        guard games(of: id).count < limits.gamesPerNight, gameCount < limits.nightGames else {
            throw .tooManyGames
        }
        endWhatIsPlaying(of: id)
        var added = NightGame(
            id: gameIDs.next(), night: id, game: gameID, isManuallyAdded: isManual,
            playedAt: playedNext(of: id))
        added.roomCode = roomCode
        nightGames[id, default: []].append(added)
        gameCount += 1
        core.write(.put(table: "night_games", row: added.row))
        games.enter { $0.played(gameID) }
        publish(.gameAdded(night, added, game, gamesPlayed: games(of: id).count), of: id)
        // Without room for another monitor the game is played all the same.
        if roomCode != nil, monitors.count < limits.monitors { watch(added) }
        return try self.game(added.id, of: id)
    }

    /// When what is added now is played: two games of a night begin at two moments, so that every
    /// vote belongs to one of them.
    private func playedNext(of night: Int) -> UTCTime {
        let now = core.utc.milliseconds
        guard let last = games(of: night).last?.playedAt, last >= now else { return now }
        return last.advanced(by: .milliseconds(1))
    }

    private func endWhatIsPlaying(of night: Int, except kept: Int? = nil) {
        for game in games(of: night) where game.status == .playing && game.id != kept {
            stopMonitor(of: game.id)
            change(game.id, of: night) { $0.status = .played }
        }
    }

    package func set(
        _ status: NightGame.Status, of id: Int, in night: Int
    ) throws(GameNightError) {
        _ = try game(id, of: night)
        if status == .playing {
            endWhatIsPlaying(of: night, except: id)
        } else {
            // Whoever says that it is over has no use for what its room tells.
            stopMonitor(of: id)
        }
        change(id, of: night) { $0.status = status }
    }

    package func remove(_ id: Int, of night: Int) throws(GameNightError) {
        _ = try game(id, of: night)
        stopMonitor(of: id)
        nightGames[night]?.removeAll { $0.id == id }
        gameCount -= 1
        core.write(.delete(table: "night_games", key: ["id": .integer(Int64(id))]))
    }

    /// A monitor that runs goes to the new room.
    package func set(
        roomCode: String, of id: Int, in night: Int
    ) throws(GameNightError) -> NightGame {
        try check(roomCode: roomCode)
        let old = try game(id, of: night)
        let isWatched = monitors[id] != nil && old.roomCode != roomCode
        if isWatched { stopMonitor(of: id) }
        change(id, of: night) { $0.roomCode = roomCode }
        if isWatched { watch(try game(id, of: night)) }
        return try game(id, of: night)
    }

    package func set(
        playerCount: Int, of id: Int, in night: Int
    ) throws(GameNightError) {
        guard limits.players.contains(playerCount) else { throw .invalidPlayerCount }
        _ = try game(id, of: night)
        change(id, of: night) {
            $0.playerCount = playerCount
            // A monitor that runs goes on, also after a restart.
            if $0.check != .monitoring { $0.check = .completed }
        }
        publish(.playerCountUpdated(try game(id, of: night)), of: night)
    }

    private func check(roomCode: String?) throws(GameNightError) {
        if let roomCode, !RoomCode.isOne(roomCode) { throw .invalidRoomCode }
    }

    private func change(_ id: Int, of night: Int, _ edit: (inout NightGame) -> Void) {
        guard let index = nightGames[night]?.firstIndex(where: { $0.id == id }),
            var game = nightGames[night]?[index]
        else { return }
        edit(&game)
        nightGames[night]?[index] = game
        core.write(.put(table: "night_games", row: game.row))
    }

    // MARK: Monitors

    /// The room as the monitor of a game sees it; nil while none runs.
    package func room(of id: Int) -> WatchedRoom? {
        monitors[id]?.enter { $0.room }
    }

    /// How the ways to the watched rooms are, by the games' numbers.
    var roomHealth: [DriverHealth] {
        monitors.keys.sorted().compactMap { monitors[$0]?.enter { $0.health } }
    }

    /// Lets a game's room be watched; one that is watched already stays so.
    package func startMonitor(of id: Int, in night: Int) throws(GameNightError) {
        let game = try game(id, of: night)
        guard game.roomCode != nil else { throw .noRoomCode }
        guard monitors[id] == nil else { return }
        guard try self.night(night).isActive else { throw .isClosed }
        guard monitors.count < limits.monitors else { throw .tooManyMonitors }
        watch(game)
    }

    /// Ends the monitor of a game, if one runs: its last word is `room.disconnected`.
    package func stopMonitor(of id: Int, in night: Int) {
        guard (try? game(id, of: night)) != nil else { return }
        stopMonitor(of: id)
    }

    private func watch(_ game: NightGame) {
        guard let code = game.roomCode else { return }
        change(game.id, of: game.night) { $0.check = .monitoring }
        lastWatch += 1
        let service = makeService(RoomWish(code: code, night: game.night, number: lastWatch))
        let monitor = ShardMonitor(
            service: service,
            room: WatchedRoom(
                night: game.night, nightGame: game.id, code: code, status: RoomStatus()),
            heartbeat: limits.heartbeat
        ) { [weak self] report in self?.enter { $0.hear(report, of: game) } }
        monitors[game.id] = monitor
        monitor.enter { $0.begin() }
    }

    private func stopMonitor(of id: Int) {
        monitors[id]?.enter { $0.stop() }
    }

    private func hear(_ report: ShardProgress.Report, of game: NightGame) {
        switch report {
        case .news(let event): publish(event, of: game.night)
        case .players(let players): change(game.id, of: game.night) { $0.playerCount = players }
        case .finished(let check, let isOver):
            monitors[game.id] = nil
            change(game.id, of: game.night) {
                $0.check = check
                if isOver, $0.status == .playing { $0.status = .played }
            }
            if isOver { tellThatItIsOver(game) }
        }
    }

    private func tellThatItIsOver(_ game: NightGame) {
        var event = AuditEvent("end_game")
        event.resource = "game:\(game.id)"
        event.details = "its room says so"
        event.session = String(game.night)
        audit.enter { $0.add(event) }
    }
}

/// Whose room is to be watched.
package struct RoomWish: Sendable, Equatable {
    package let code: String
    package let night: Int
    /// Another one for each watch.
    package let number: UInt64
}
