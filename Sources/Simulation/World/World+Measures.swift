import API
import Drivers
import Engine
import JSON
import Pointing
import Station

/// What is true of the world at a moment.
extension World {
    func measurements() -> Measurements {
        var values = Measurements()
        settleTravel()
        let mechanics = rotor.mechanics
        let antenna = mechanics.truePosition(at: now)
        values[.azimuth] = antenna.azimuthDegrees
        values[.elevation] = antenna.elevationDegrees
        values[.moving] = mechanics.isMoving(at: now) ? 1 : 0
        values[.travel] = travelDegrees
        values[.pointingError] = pointingError(antenna)
        values[.phonesConnected] = Double(phones.count(where: \.isOpen))
        values[.running] = station == nil ? 0 : 1
        values[.starts] = Double(starts)
        let second = now.advanced(by: .seconds(-1))
        aimTimes.removeAll { $0 <= second }
        values[.aimsPerSecond] = Double(aimTimes.count)
        values[.aims] = Double(aimCount)
        values[.refusals] = Double(refusalCount)
        values[.serverErrors] = Double(serverErrors)
        values[.unanswered] = Double(unanswered)
        values[.unexpectedAnswers] = Double(unexpectedAnswers)
        values[.watchersOpen] = Double(watchers.values.count { $0.socket != nil })
        values[.heard] = Double(watchers.values.reduce(0) { $0 + $1.heard })
        values[.overheard] = Double(watchers.values.reduce(0) { $0 + $1.overheard })
        values[.nightEvents] = Double(watchers.values.reduce(0) { $0 + $1.ear.events })
        values[.hookDeliveries] = Double(servers.deliveries.count)
        values[.fault] = faults.isEmpty && !hadFault ? 0 : 1
        hadFault = false
        addStation(&values)
        addNights(&values)
        addWorkspaces(&values)
        return values
    }

    private func addWorkspaces(_ values: inout Measurements) {
        station?.core.look {
            station?.world.station.workspaces.enter { workspaces in
                let active = workspaces.activeSessions()
                values[.sessionsActive] = Double(active.count)
                values[.sessionsStuck] = Double(
                    active.count { workspaces.stream(of: $0.id) == nil })
            }
        }
    }

    /// What the station says of its game nights, and whether watchers heard it.
    private func addNights(_ values: inout Measurements) {
        var running: [MonitoredGame] = []
        station?.core.look {
            let nights = station?.world.station.nights
            let games =
                nights?.enter { nights in
                    nights.all().flatMap { nights.games(of: $0.id) }
                } ?? []
            let told = servers.deliveries.values.count { $0 == "game.added" }
            values[.gamesPlaying] = Double(games.count { $0.status == .playing })
            // Nobody is to be told while there is no webhook.
            let webhooks = station?.world.station.webhooks.enter { $0.all() } ?? []
            values[.gamesUntold] = webhooks.isEmpty ? nil : Double(games.count - told)
            running = games.compactMap { game in
                guard nights?.enter({ $0.room(of: game.id) }) != nil else { return nil }
                return MonitoredGame(
                    night: game.night, game: game.id, since: monitoredSince[game.id] ?? now)
            }
        }
        values[.monitors] = Double(running.count)
        monitoredSince = Dictionary(
            running.map { ($0.game, $0.since) }, uniquingKeysWith: { first, _ in first })
        for name in watchers.keys.sorted() {
            watchers[name]?.ear.look(at: now, running: running)
        }
        values[.lateHeartbeats] = Double(watchers.values.reduce(0) { $0 + $1.ear.lateHeartbeats })
        values[.afterDisconnect] = Double(
            watchers.values.reduce(0) { $0 + $1.ear.afterDisconnect })
    }

    /// What the station itself says.
    private func addStation(_ values: inout Measurements) {
        guard let station else {
            values[.tracking] = 0
            values[.rotorConnected] = 0
            return
        }
        station.core.look {
            let fix = station.world.station.position.enter { $0.fix }
            values[.receiverWell] = fix.problem == nil ? 1 : 0
            if let believed = fix.position, let truth = antennaPosition {
                values[.stationError] =
                    LookAngle(from: truth, to: believed)?.slantRangeMeters ?? 0
            }
            let rotors = station.world.station.rotors.enter { $0.all() }
            guard let status = rotors.first?.enter({ $0.status }) else { return }
            values[.rotorConnected] = status.isReachable ? 1 : 0
            values[.problems] = Double(status.problems.count)
            let follows = status.mode == .track && status.isReachable && status.problems.isEmpty
            values[.tracking] = follows ? 1 : 0
        }
    }

    var antennaPosition: GeodeticPosition? { antenna.fix(at: now).position?.geodetic }

    /// Degrees between where the antenna points and where the first phone is, through space.
    private func pointingError(_ antenna: (azimuthDegrees: Double, elevationDegrees: Double))
        -> Double?
    {
        guard followsPhone, let phone = phones.first, let here = antennaPosition,
            let there = phone.position(at: now), let look = LookAngle(from: here, to: there)
        else { return nil }
        // A target a little below the lowest elevation is met there; further down it cannot be.
        let lowest = scenario.rotor.elevationDegrees.lowerBound
        guard look.elevationDegrees >= lowest - scenario.rotor.deadBandDegrees else { return nil }
        let target = PointingDirection(
            azimuthDegrees: look.azimuthDegrees,
            elevationDegrees: max(look.elevationDegrees, lowest))
        return PointingDirection(
            azimuthDegrees: antenna.azimuthDegrees, elevationDegrees: antenna.elevationDegrees
        ).separationDegrees(to: target)
    }
}

// MARK: - For a recording

extension World {
    /// Writes down the truth of this moment.
    func markTruth() {
        guard let life = recordings.last, station != nil else { return }
        let rotor = rotor.mechanics.truePosition(at: now)
        var fields: JSONObject = [
            "rotor": .array([.number(rotor.azimuthDegrees), .number(rotor.elevationDegrees)])
        ]
        if let antenna = antennaPosition { fields["antenna"] = Self.json(antenna) }
        if let phone = phones.first?.position(at: now) { fields["phone"] = Self.json(phone) }
        life.mark("world", at: now, fields)
    }

    func markFault(_ fault: Fault, begins: Bool) {
        recordings.last?.mark(
            "fault", at: now,
            [
                "name": .string(fault.kind.rawValue),
                "phase": .string(begins ? "begins" : "ends"),
            ])
    }

    private static func json(_ position: GeodeticPosition) -> JSONValue {
        .array([
            .number(position.latitudeDegrees), .number(position.longitudeDegrees),
            .number(position.altitudeMeters),
        ])
    }
}
