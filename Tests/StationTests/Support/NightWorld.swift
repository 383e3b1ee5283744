import Drivers
import Engine
@testable import Station
import Synchronization
import TestSupport

/// Game nights in virtual time, with rooms and web servers that a test plays.
final class NightWorld: Sendable {
    let core: Core
    let rows: KeptRows
    let games: Games
    let nights: GameNights
    let votes: NightVotes
    let webhooks: Webhooks
    let rooms: PlayedRooms
    let servers: PlayedServers
    private let heard: Heard
    private let ear: Subscriber

    private final class Heard: Sendable {
        let news = Mutex<[NightNews]>([])
    }

    private actor Subscriber: CoreActor {
        nonisolated let core: Core
        private var feed: Subscription<NightNews>?

        init(core: Core) {
            self.core = core
        }

        func listen(to nights: GameNights, _ heard: Heard) {
            feed = nights.news.subscribe(self, .everything(limit: .max)) { _, news in
                heard.news.withLock { $0.append(news) }
            }
        }
    }

    /// - Parameter rows: what an earlier life has stored.
    init(
        _ limits: GameNightLimits = GameNightLimits(), seed: UInt64 = 1,
        rows: KeptRows = KeptRows(), utc: Int64 = 1_800_000_000
    ) {
        let core = Core(
            pace: .virtual, seed: seed, utc: UTCTime(nanoseconds: utc * 1_000_000_000),
            store: rows)
        let (rooms, servers, heard) = (PlayedRooms(), PlayedServers(), Heard())
        let ear = Subscriber(core: core)
        (games, nights, votes, webhooks) = core.perform {
            let games = Games(core: core, limits: limits)
            let nights = GameNights(
                core: core, limits: limits, games: games,
                audit: Audit(core: core, identity: Identity(core: core))
            ) { wish in rooms.make(wish, core: core) }
            let votes = NightVotes(core: core, nights: nights)
            let webhooks = Webhooks(
                core: core, nights: nights,
                lines: WebLines(core: core) { [servers] onEvent in
                    servers.onEvent.withLock { $0 = onEvent }
                    return servers
                })
            let counters = rows.rows("counters")
            games.enter { $0.start(rows.rows("games"), counters: counters) }
            nights.enter {
                $0.start(
                    nights: rows.rows("game_nights"), games: rows.rows("night_games"),
                    counters: counters)
            }
            votes.enter {
                $0.start(
                    votes: rows.rows("night_votes"), chats: rows.rows("night_chats"),
                    counters: counters)
            }
            webhooks.enter {
                $0.start(
                    webhooks: rows.rows("webhooks"), deliveries: rows.rows("webhook_deliveries"),
                    counters: counters)
            }
            ear.enter { $0.listen(to: nights, heard) }
            return (games, nights, votes, webhooks)
        }
        (self.core, self.rows, self.rooms, self.servers) = (core, rows, rooms, servers)
        (self.heard, self.ear) = (heard, ear)
        core.run(for: .zero)
    }

    deinit {
        TraceLog.current?.note(core)
    }

    /// The station with the same rows in its next life.
    func restarted(_ limits: GameNightLimits = GameNightLimits()) -> NightWorld {
        NightWorld(limits, rows: rows, utc: 1_800_100_000)
    }

    // MARK: Calls

    func nights<Result: Sendable, Failure: Error>(
        _ call: (isolated GameNights) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { core.run(for: .zero) }
        return try core.perform { () throws(Failure) in try nights.enter(call) }
    }

    func games<Result: Sendable, Failure: Error>(
        _ call: (isolated Games) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { core.run(for: .zero) }
        return try core.perform { () throws(Failure) in try games.enter(call) }
    }

    func votes<Result: Sendable, Failure: Error>(
        _ call: (isolated NightVotes) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { core.run(for: .zero) }
        return try core.perform { () throws(Failure) in try votes.enter(call) }
    }

    func webhooks<Result: Sendable, Failure: Error>(
        _ call: (isolated Webhooks) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { core.run(for: .zero) }
        return try core.perform { () throws(Failure) in try webhooks.enter(call) }
    }

    func begin(notes: String? = nil) throws(GameNightError) -> GameNight {
        try nights { (nights) throws(GameNightError) in try nights.begin(notes: notes) }
    }

    @discardableResult
    func add(
        _ game: Int = 1, to night: Int, code: String? = nil
    ) throws(GameNightError) -> NightGame {
        try nights { (nights) throws(GameNightError) in
            try nights.add(game, to: night, isManual: false, roomCode: code)
        }
    }

    func close(_ night: Int) throws(GameNightError) {
        _ = try nights { (nights) throws(GameNightError) in try nights.close(night, notes: nil) }
    }

    func listed(_ night: Int) -> [NightGame] { core.look { nights.enter { $0.games(of: night) } } }

    func game(_ id: Int) -> Game? { core.look { games.enter { $0.game(id) } } }

    /// The names of the events since the last look.
    func takeNews() -> [String] { takeEvents().map(\.event.name) }

    func takeEvents() -> [NightNews] {
        core.run(for: .zero)
        return heard.news.withLock { news in
            defer { news = [] }
            return news
        }
    }
}

/// The rooms of a world, each with the watches that it has had.
final class PlayedRooms: Sendable {
    private let made = Mutex<[PlayedRoom]>([])

    func make(_ wish: RoomWish, core: Core) -> PlayedRoom {
        let room = PlayedRoom(core: core, wish: wish)
        made.withLock { $0.append(room) }
        return room
    }

    var all: [PlayedRoom] { made.withLock { $0 } }
}

/// A room in which happens what a test wants.
actor PlayedRoom: RoomService {
    nonisolated let core: Core
    nonisolated let wish: RoomWish
    private var report: (@Sendable (RoomEvent) -> Void)?
    private(set) var stops = 0

    init(core: Core, wish: RoomWish) {
        self.core = core
        self.wish = wish
    }

    func watch(_ report: @escaping @Sendable (RoomEvent) -> Void) {
        self.report = report
    }

    func stop() {
        stops += 1
    }

    /// Whether it was stopped or not: a service that says too much must do no harm.
    nonisolated func say(_ event: RoomEvent) {
        core.perform { enter { $0.report }?(event) }
        core.run(for: .zero)
    }
}

/// What stands in for web servers: a test answers each call.
final class PlayedServers: WebEdge {
    struct Call: Sendable {
        let line: UInt64
        let request: WebRequest
    }

    let onEvent = Mutex<(@Sendable (UInt64, WebEvent) -> Bool)?>(nil)
    private let calls = Mutex<[Call]>([])
    private let broken = Mutex<[UInt64]>([])

    func perform(_ action: WebAction, on line: UInt64) {
        switch action {
        case .call(let request):
            calls.withLock { $0.append(Call(line: line, request: request)) }
        case .close: broken.withLock { $0.append(line) }
        case .open, .send: break
        }
    }

    func stop() {}

    var all: [Call] { calls.withLock { $0 } }

    /// The lines that were broken off.
    var brokenOff: [UInt64] { broken.withLock { $0 } }

    func answer(_ call: Call, _ event: WebEvent) {
        _ = onEvent.withLock { $0 }?(call.line, event)
    }
}
