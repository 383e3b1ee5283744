import Drivers
import Engine
import TestSupport
import Testing

@testable import Station

/// Many short nights in virtual time in which anything happens in any order.
@Suite struct NightCampaignTests {
    private struct Run {
        let world: NightWorld
        var random: SeededRandom
        var night = 0
        /// The rooms that were entered.
        private var connected: Set<Int> = []
        /// The game whose room the last step may have begun to watch.
        private var wished: Int?
        /// By the night's game, how many watches have begun and have ended.
        private var begun: [Int: Int] = [:]
        private var ended: [Int: Int] = [:]

        init(seed: UInt64) throws {
            world = NightWorld(seed: seed)
            random = SeededRandom(seed: seed, purpose: "campaign")
            night = try world.begin().id
        }

        mutating func number(_ range: ClosedRange<Int>) -> Int {
            Int.random(in: range, using: &random)
        }

        private mutating func game() -> NightGame? {
            let games = world.listed(night)
            return games.isEmpty ? nil : games[number(0...(games.count - 1))]
        }

        // MARK: What happens

        mutating func step() {
            switch number(0...11) {
            case 0, 1, 2:
                let code = number(0...3) > 0 ? "ROOM" : nil
                wished = try? world.add(number(1...5), to: night, code: code).id
            case 3: setStatus()
            case 4:
                guard let game = game() else { return }
                world.nights { [night] in $0.stopMonitor(of: game.id, in: night) }
            case 5:
                guard let game = game() else { return }
                wished = game.id
                try? world.nights { [night] (nights) throws(GameNightError) in
                    try nights.startMonitor(of: game.id, in: night)
                }
            case 6: remove()
            case 7: if number(0...3) == 0 { closeAndBegin() }
            case 8: changeCode()
            case 9: world.core.run(for: .seconds(number(1...25)))
            default: for _ in 0..<3 { roomEvent() }
            }
        }

        private mutating func setStatus() {
            guard let game = game() else { return }
            let status = NightGame.Status.allCases[number(0...2)]
            try? world.nights { [night] (nights) throws(GameNightError) in
                try nights.set(status, of: game.id, in: night)
            }
        }

        private mutating func remove() {
            guard let game = game(), number(0...1) == 0 else { return }
            try? world.nights { [night] (nights) throws(GameNightError) in
                try nights.remove(game.id, of: night)
            }
        }

        private mutating func changeCode() {
            guard let game = game() else { return }
            let code = ["ROOM", "MOOR"][number(0...1)]
            wished = game.id
            _ = try? world.nights { [night] (nights) throws(GameNightError) in
                try nights.set(roomCode: code, of: game.id, in: night)
            }
        }

        private mutating func closeAndBegin() {
            let old = night
            try? world.close(old)
            if number(0...1) == 0 {
                try? world.nights { (nights) throws(GameNightError) in try nights.delete(old) }
            }
            night = (try? world.begin().id) ?? night
        }

        /// A room says something; those that were stopped do not keep still either.
        private mutating func roomEvent() {
            let rooms = world.rooms.all
            guard !rooms.isEmpty else { return }
            let index = number(max(0, rooms.count - 4)...(rooms.count - 1))
            var status = RoomStatus()
            status.players = (0..<number(0...4)).map { "P\($0 % 3)" }
            status.hasStarted = number(0...2) == 0
            status.hasFinished = status.hasStarted && number(0...2) == 0
            if connected.insert(index).inserted {
                rooms[index].say(.connected(status))
                return
            }
            switch number(0...5) {
            case 0: rooms[index].say(.ended(RoomEnd.allCases[number(0...3)]))
            case 1: rooms[index].say(.interrupted)
            case 2: rooms[index].say(.connected(status))
            default: rooms[index].say(.status(status))
            }
        }

        // MARK: What must hold

        /// Does something and looks at what came of it; what is wrong with it, if anything.
        mutating func goOn(_ step: (inout Run) throws -> Void) rethrows -> String? {
            let rooms = world.rooms.all.count
            wished = nil
            try step(&self)
            if world.rooms.all.count > rooms {
                guard let wished, world.rooms.all.count == rooms + 1 else { return "a stray watch" }
                begun[wished, default: 0] += 1
            }
            for news in world.takeEvents() {
                guard let game = news.event.room?.nightGame else { continue }
                guard ended[game, default: 0] < begun[game, default: 0] else {
                    return "\(news.event.name) after the end"
                }
                if case .roomDisconnected = news.event { ended[game, default: 0] += 1 }
            }
            return problemOfNights()
        }

        private func problemOfNights() -> String? {
            for night in world.nights({ $0.all() }) {
                let playing = world.listed(night.id).count { $0.status == .playing }
                if playing > 1 { return "\(playing) games of night \(night.id) play" }
                guard !night.isActive else { continue }
                let isWatched = world.listed(night.id).contains { game in
                    world.nights { $0.room(of: game.id) } != nil
                }
                if isWatched { return "a room of a closed night is watched" }
            }
            return nil
        }

        /// After the last night was closed.
        func problemAtTheEnd() -> String? {
            guard ended == begun else { return "\(begun) watches, \(ended) ends" }
            let stops = world.core.perform { world.rooms.all.map { $0.enter { $0.stops } } }
            return stops.allSatisfy { $0 == 1 } ? nil : "services are let go of \(stops) times"
        }
    }

    @Test func `whatever happens, one game plays and a stopped monitor is still`() throws {
        var watches = 0
        for seed in UInt64(1)...1000 {
            var run = try Run(seed: seed)
            for step in 0..<40 {
                if let problem = run.goOn({ $0.step() }) {
                    Issue.record("seed \(seed) step \(step): \(problem)")
                    return
                }
            }
            let problem = try run.goOn { try $0.world.close($0.night) }
            #expect(problem == nil, "seed \(seed)")
            let last = run.problemAtTheEnd()
            #expect(last == nil, "seed \(seed)")
            watches += run.world.rooms.all.count
        }
        #expect(watches > 5000, "the campaign watches too few rooms to show anything")
    }
}

extension NightEvent {
    fileprivate var room: WatchedRoom? {
        switch self {
        case .status(let room), .roomConnected(let room), .lobbyUpdated(let room),
            .gameStarted(let room), .gameEnded(let room), .playerJoined(let room, _),
            .roomDisconnected(let room, _):
            room
        case .started, .ended, .gameAdded, .playerCountUpdated, .voteReceived: nil
        }
    }
}
