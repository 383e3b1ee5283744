package import Engine

/// gpsd with one receiver behind it, without a socket: bytes in, bytes out.
///
/// Says what gpsd 3.25 says, so that whoever owns it holds the very conversation that a real one
/// has, and its faults are the real ones. It serves one connection at a time. The receiver goes on
/// whether anybody is connected or not: its owner calls `epoch` once for each of its epochs.
package struct SimulatedGpsd: Sendable {
    package static let devicePath = "/dev/ttyUSB0"
    /// Many receivers list their satellites only so often; here besides when their use changes, and
    /// when somebody begins to watch.
    private static let epochsPerSky = 5

    /// What is wrong from now on; what gpsd has to say of a change it says with the next epoch.
    package var faults = SimulatedReceiverFaults()

    private let path: SimulatedReceiverPath
    private var partial = PartialCommand()
    private var isWatched = false
    private var wantsJSON = false
    /// Clients have been told that the receiver is gone.
    private var isRemoved = false
    /// gpsd has understood a sentence of the receiver.
    private var isIdentified = false
    private var activated: UTCTime?
    private var damage = SimulatedDamage()
    private var lastSky: (used: Int, epochsAgo: Int)?
    /// What a stuck receiver repeats.
    private var latest: Epoch?
    /// What waits for the next epoch to overtake it.
    private var overtaken: Epoch?

    /// What the receiver says in one of its epochs.
    private struct Epoch {
        let fix: GPSFix
        let deviceTime: UTCTime
    }

    package init(path: SimulatedReceiverPath) {
        self.path = path
    }

    // MARK: Connection

    /// A new connection in place of the one before, if there was one; gpsd's greeting.
    package mutating func connect() -> [UInt8] {
        disconnect()
        return Self.version().line
    }

    /// The connection is gone: nobody watches.
    package mutating func disconnect() {
        partial = PartialCommand()
        isWatched = false
        wantsJSON = false
    }

    /// Takes bytes, however they are cut; gives the answers to the requests that they complete.
    ///
    /// A request ends with `;` or with its line.
    package mutating func receive(_ bytes: [UInt8]) -> [UInt8] {
        var answers: [UInt8] = []
        for byte in bytes {
            partial.add(byte)
            guard byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\n") else { continue }
            answers += answer(partial.take())
        }
        return answers
    }

    private mutating func answer(_ request: [UInt8]) -> [UInt8] {
        switch SimulatedGpsdRequest(request) {
        case .watch(let enable, let json):
            isWatched = enable ?? isWatched
            wantsJSON = json ?? wantsJSON
            lastSky = nil
            return devices + Self.watch(enabled: isWatched, json: wantsJSON).line
        case .devices: return devices
        case .version: return Self.version().line
        case .unknown: return Self.error(about: request).line
        case .noise: return []
        }
    }

    private var devices: [UInt8] {
        Self.devices(
            isRemoved ? nil : Self.device(activated: activated, isIdentified: isIdentified)
        ).line
    }

    // MARK: Epochs

    /// What gpsd sends for the receiver's epoch at `time`: a TPV, now and then a SKY, and news of
    /// the receiver before them. Nothing while nobody watches.
    ///
    /// - Parameters:
    ///   - utc: what a good receiver's clock says.
    ///   - noise: two numbers of mean 0 and spread 1, in units of the path's noise.
    package mutating func epoch(
        at time: Instant, utc: UTCTime, noise: (north: Double, east: Double)
    ) -> [UInt8] {
        let news = news(utc: utc)
        var reports: [UInt8] = []
        for epoch in epochs(at: time, utc: utc, noise: noise) { reports += lines(of: epoch) }
        return isWatched && wantsJSON && !faults.disconnected ? news + reports : []
    }

    /// Notices that the receiver is gone, is back, or is heard for the first time.
    private mutating func news(utc: UTCTime) -> [UInt8] {
        var news: [UInt8] = []
        if faults.removed != isRemoved {
            isRemoved = faults.removed
            isIdentified = false
            activated = isRemoved ? nil : utc
            news += Self.change(activated: activated).line
        }
        guard !isRemoved, !faults.silent, !isIdentified else { return news }
        isIdentified = true
        activated = utc
        return news + Self.device(activated: utc, isIdentified: true).line
    }

    /// The epochs that are told of now, in this order.
    private mutating func epochs(
        at time: Instant, utc: UTCTime, noise: (north: Double, east: Double)
    ) -> [Epoch] {
        guard !isRemoved, !faults.silent else {
            overtaken = nil
            return []
        }
        let present = latest.flatMap { faults.stale ? $0 : nil } ?? measure(at: time, utc, noise)
        latest = present
        if let before = overtaken {
            overtaken = nil
            return [present, before]
        }
        guard faults.reordered else { return [present] }
        overtaken = present
        return []
    }

    private func measure(
        at time: Instant, _ utc: UTCTime, _ noise: (north: Double, east: Double)
    ) -> Epoch {
        var fix = faults.withoutFix ? path.noFix(at: time) : path.fix(at: time, noise: noise)
        if let jump = faults.jumpMeters, let position = fix.position {
            fix.position = Sphere.rounded(
                Sphere.moved(position, north: jump.north, east: jump.east))
        }
        var deviceTime = utc
        if faults.weekRollover { deviceTime = deviceTime.advanced(by: .seconds(-1024 * 604_800)) }
        if faults.leapSecond { deviceTime = deviceTime.advanced(by: .seconds(-1)) }
        return Epoch(fix: fix, deviceTime: deviceTime)
    }

    private mutating func lines(of epoch: Epoch) -> [UInt8] {
        var position = Self.position(epoch.fix, time: epoch.deviceTime).line
        if faults.badChecksum { position = [] }
        if faults.garbled, !position.isEmpty { position = damage.damage(position) }
        let satellites = satellites(used: epoch.fix.satellitesUsed ?? 0)
        return (faults.duplicated ? position + position : position) + satellites
    }

    private mutating func satellites(used: Int) -> [UInt8] {
        // It also takes the damage when a line has lost its end.
        if !faults.garbled, let lastSky, lastSky.used == used,
            lastSky.epochsAgo + 1 < Self.epochsPerSky
        {
            self.lastSky = (used, lastSky.epochsAgo + 1)
            return []
        }
        lastSky = (used, 0)
        return Self.sky(used: used).line
    }
}
