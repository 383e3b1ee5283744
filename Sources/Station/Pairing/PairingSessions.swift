package import Engine

/// Hears what is said in the session that it was paired with.
protocol RelayListener: CoreActor {
    func hear(_ message: RelayMessage, from peer: PeerID?)
    /// The peer has gone: what it said last is still true, and another may speak for it.
    func lost(_ peer: PeerID)
    func sessionEnded()
}

/// All pairing sessions, and the relay between their peers.
///
/// A token is known by its hash only. What a peer sends goes verbatim to every other peer, in the
/// order in which it came, and never back.
package actor PairingSessions: CoreActor {
    package nonisolated let core: Core
    /// Where phones say they are, about their session.
    nonisolated let phones = Topic<PhoneSighting>("session.phone")
    private let limits: StationLimits
    private let audit: Audit
    private var sessions: [SecretHash: PairingSession] = [:]
    /// Every session, oldest first: for expiry and for forgetting.
    private var order: [SecretHash] = []
    private var liveCount = 0
    private var peers: [PeerID: SecretHash] = [:]
    /// Rotors that obey a session, by their number.
    private var rotors: [Int: (listener: any RelayListener, session: SecretHash)] = [:]
    private var creations: RateLimiter
    private var joins: RateLimiter
    private var unsaved: [SecretHash] = []
    private let deliver: @Sendable (RelayOutput) -> Void
    private lazy var sweepTimer = Timer(on: self) { $0.sweep() }
    private lazy var saveTimer = Timer(on: self) { $0.saveRemembered() }
    private var rotorFeed: Subscription<RotorStatus>?

    /// - Parameter deliver: performs what the relay wants done with sockets, on the core.
    package init(
        core: Core, limits: StationLimits, audit: Audit,
        deliver: @escaping @Sendable (RelayOutput) -> Void
    ) {
        self.core = core
        self.limits = limits
        self.audit = audit
        self.deliver = deliver
        creations = RateLimiter(
            perMinute: limits.sessionRequestsPerMinute, addresses: limits.rateLimitedAddresses)
        joins = creations
    }

    /// Takes over the stored sessions and starts watching the clock.
    package func start(_ rows: [StoreRow], rotorStatuses: Topic<RotorStatus>) {
        let stored = rows.compactMap {
            PairingSession.stored(
                $0, now: core.now, utc: core.utc, lifetime: limits.sessionLifetime)
        }.sorted {
            ($0.session.endsAt, $0.session.createdAt) < ($1.session.endsAt, $1.session.createdAt)
        }
        for (hash, session) in stored {
            sessions[hash] = session
            order.append(hash)
            if !session.hasExpired(at: core.now) { liveCount += 1 }
        }
        rotorFeed = rotorStatuses.subscribe(self, .latest(limit: limits.rotors) { $0.rotorID }) {
            $0.tell($1)
        }
        sweep()
    }

    // MARK: Sessions

    /// Creates a session for a client at `address`.
    package func create(
        from address: String
    ) throws(PairingError) -> (token: SecretToken, summary: PairingSummary) {
        if let wait = creations.take(address, now: core.now) {
            throw .tooManyRequests(retryAfter: wait)
        }
        sweep()
        guard liveCount < limits.liveSessions else { throw .tooManySessions }
        let token = SecretToken(from: core)
        let now = core.utc
        let session = PairingSession(
            createdAt: now, expiresAt: now.advanced(by: limits.sessionLifetime),
            endsAt: core.now.advanced(by: limits.sessionLifetime))
        sessions[token.hash] = session
        order.append(token.hash)
        liveCount += 1
        save(token.hash, session)
        armSweep()
        return (token, session.summary)
    }

    package func summary(of hash: SecretHash) throws(PairingError) -> PairingSummary {
        try live(hash).summary
    }

    /// Joins from a second device; joining again replaces its description.
    package func join(
        _ hash: SecretHash, deviceDescription: String?, from address: String
    ) throws(PairingError) -> PairingSummary {
        if let wait = joins.take(address, now: core.now) {
            throw .tooManyRequests(retryAfter: wait)
        }
        var session = try live(hash)
        if let deviceDescription,
            deviceDescription.count > limits.deviceDescriptionCharacters
        {
            throw .deviceDescriptionTooLong
        }
        session.isPaired = true
        session.deviceDescription = deviceDescription
        sessions[hash] = session
        save(hash, session)
        return session.summary
    }

    /// Ends a live or expired session: its sockets are closed and it is forgotten.
    @discardableResult
    package func delete(_ hash: SecretHash) throws(PairingError) -> PairingSummary {
        guard let session = sessions[hash] else { throw .unknownSession }
        if !session.isClosed, !session.hasExpired(at: core.now) { liveCount -= 1 }
        close(hash, code: 1000, reason: "session ended")
        forget(hash)
        order.removeAll { $0 == hash }
        return session.summary
    }

    private func live(_ hash: SecretHash) throws(PairingError) -> PairingSession {
        guard let session = sessions[hash] else { throw .unknownSession }
        guard !session.hasExpired(at: core.now) else { throw .expiredSession }
        return session
    }

    // MARK: Peers

    /// Whether another socket may open; asked before the upgrade.
    package func checkRoom(in hash: SecretHash) throws(PairingError) {
        let session = try live(hash)
        guard session.peers.count < limits.socketsPerSession else { throw .tooManySockets }
    }

    /// A socket has opened.
    package func connect(_ peer: PeerID, to hash: SecretHash, wantsEvents: Bool) {
        guard var session = try? live(hash) else {
            deliver(.close([peer], code: 4410, reason: "session expired"))
            return
        }
        guard session.peers.count < limits.socketsPerSession else {
            deliver(.close([peer], code: 1013, reason: "too many sockets"))
            return
        }
        session.peers.append(PairingSession.Peer(id: peer, wantsEvents: wantsEvents))
        sessions[hash] = session
        peers[peer] = hash
        announce("peer.joined", in: session, except: peer)
        guard wantsEvents else { return }
        for kind in RelayMessage.Kind.allCases {
            guard let bytes = session.remembered[kind] else { continue }
            deliver(.deliver(RelayFrame(.text, bytes), to: [peer]))
        }
        // The newcomer learns how many there are, itself included.
        let count = RelayMessage.peerEvent("peer.joined", peers: session.peers.count)
        deliver(.deliver(RelayFrame(.text, count), to: [peer]))
    }

    package func disconnect(_ peer: PeerID) {
        guard let hash = peers.removeValue(forKey: peer), var session = sessions[hash] else {
            return
        }
        session.peers.removeAll { $0.id == peer }
        sessions[hash] = session
        for id in session.rotors { rotors[id]?.listener.enter { $0.lost(peer) } }
        announce("peer.left", in: session, except: peer)
    }

    /// Relays a frame to the sender's peers, and to the session's rotors what concerns them.
    package func relay(_ frame: RelayFrame, from sender: PeerID) {
        guard let hash = peers[sender], let session = sessions[hash] else { return }
        relay(frame, from: sender, in: hash, session)
    }

    /// Relays what a tracker says over HTTP as if it had a socket.
    package func relayTracker(_ frame: RelayFrame, in hash: SecretHash) throws(PairingError) {
        relay(frame, from: .tracker, in: hash, try live(hash))
    }

    private func relay(
        _ frame: RelayFrame, from sender: PeerID, in hash: SecretHash, _ session: PairingSession
    ) {
        let control = frame.format == .text ? RelayMessage.read(frame.bytes) : nil
        // First what turns or stops a rotor, then the sockets.
        if let message = control?.message {
            for id in session.rotors {
                rotors[id]?.listener.enter { $0.hear(message, from: sender) }
            }
            if case .location(let phone) = message {
                phones.publish(PhoneSighting(phone: phone, peer: sender), about: [hash.text])
            }
        }
        let others = session.peers.lazy.map(\.id).filter { $0 != sender }
        if !others.isEmpty { deliver(.deliver(frame, to: Array(others))) }
        if let kind = control?.kind { remember(kind, frame.bytes, in: hash) }
    }

    private func announce(_ type: String, in session: PairingSession, except peer: PeerID) {
        let listeners = session.peers.filter { $0.wantsEvents && $0.id != peer }.map(\.id)
        guard !listeners.isEmpty else { return }
        let bytes = RelayMessage.peerEvent(type, peers: session.peers.count)
        deliver(.deliver(RelayFrame(.text, bytes), to: listeners))
    }

    private func remember(_ kind: RelayMessage.Kind, _ bytes: [UInt8], in hash: SecretHash) {
        guard bytes.count <= limits.rememberedMessageBytes else { return }
        sessions[hash]?.remembered[kind] = bytes
        // A rotor says again where it stands as soon as it is back; an old answer would be a lie.
        guard kind != .rotor, !unsaved.contains(hash) else { return }
        unsaved.append(hash)
        if !saveTimer.isArmed { saveTimer.arm(after: limits.rememberedSaveDelay) }
    }

    /// Writes what was remembered since the last time: not at once, because a stream of targets
    /// would wear out an SD card and nobody was promised that the last one survives.
    private func saveRemembered() {
        for hash in unsaved {
            if let session = sessions[hash] { save(hash, session) }
        }
        unsaved = []
    }

    // MARK: Rotors

    /// Lets a rotor obey the session.
    func attach(
        _ listener: any RelayListener, rotor id: Int, to hash: SecretHash
    ) throws(PairingError) {
        _ = try live(hash)
        detach(rotor: id)
        rotors[id] = (listener, hash)
        sessions[hash]?.rotors.append(id)
    }

    func detach(rotor id: Int) {
        guard let hash = rotors.removeValue(forKey: id)?.session else { return }
        sessions[hash]?.rotors.removeAll { $0 == id }
    }

    /// The last mode or target of a session, for a rotor that joins it later.
    func rememberedMessages(in hash: SecretHash) -> [RelayMessage] {
        guard let remembered = sessions[hash]?.remembered else { return [] }
        return [.mode, .target].compactMap { kind in
            remembered[kind].flatMap { RelayMessage.read($0).message }
        }
    }

    /// Whether the session behind a token may stop this rotor.
    package func obeys(rotor id: Int, _ hash: SecretHash) -> Bool {
        (try? live(hash)) != nil && rotors[id]?.session == hash
    }

    private func tell(_ status: RotorStatus) {
        guard let hash = rotors[status.rotorID]?.session, let session = sessions[hash] else {
            return
        }
        let bytes = RelayMessage.rotor(status)
        sessions[hash]?.remembered[.rotor] = bytes
        let ids = session.peers.map(\.id)
        if !ids.isEmpty { deliver(.deliver(RelayFrame(.text, bytes), to: ids)) }
    }

    // MARK: Expiry

    /// Closes what has expired, forgets what has been kept long enough, and sets the next alarm.
    private func sweep() {
        followClock()
        let now = core.now
        let expired = order.prefix { sessions[$0]?.hasExpired(at: now) ?? true }
        for hash in expired where sessions[hash]?.isClosed == false {
            liveCount -= 1
            close(hash, code: 4410, reason: "session expired")
            sessions[hash]?.isClosed = true
            if let session = sessions[hash] { tell(session) }
        }
        var forgotten = 0
        for hash in expired {
            guard let session = sessions[hash] else { continue }
            let isOld = now >= session.endsAt.advanced(by: limits.expiredRetention)
            guard isOld || expired.count - forgotten > limits.expiredSessions else { break }
            forget(hash)
            forgotten += 1
        }
        order.removeFirst(forgotten)
        armSweep()
    }

    private func tell(_ session: PairingSession) {
        var event = AuditEvent("end_session")
        event.session = session.summary.name
        event.resource = "session:\(session.summary.name)"
        event.endReason = "expired"
        audit.enter { $0.add(event) }
    }

    private func armSweep() {
        guard let next = order.first(where: { sessions[$0]?.isClosed == false }),
            let session = sessions[next]
        else { return sweepTimer.cancel() }
        // The wall clock may be set meanwhile: look at it again every minute.
        let soon = core.now.advanced(by: .seconds(60))
        sweepTimer.arm(at: min(session.endsAt, soon))
    }

    /// Whether the wall clock was set by more than this is looked at.
    private static let clockTolerance = Duration.seconds(1)

    /// Moves what is shown and stored of live sessions with the wall clock.
    private func followClock() {
        for hash in order {
            guard let session = sessions[hash], !session.hasExpired(at: core.now) else { continue }
            let expires = core.utc.advanced(by: core.now.duration(to: session.endsAt))
            let off = expires.duration(to: session.expiresAt)
            guard max(off, .zero - off) > Self.clockTolerance else { continue }
            sessions[hash]?.expiresAt = expires
            if let moved = sessions[hash] { save(hash, moved) }
        }
    }

    private func close(_ hash: SecretHash, code: UInt16, reason: String) {
        guard let session = sessions[hash] else { return }
        for peer in session.peers { peers[peer.id] = nil }
        if !session.peers.isEmpty {
            deliver(.close(session.peers.map(\.id), code: code, reason: reason))
        }
        sessions[hash]?.peers = []
        sessions[hash]?.rotors = []
        for id in session.rotors {
            rotors.removeValue(forKey: id)?.listener.enter { $0.sessionEnded() }
        }
    }

    private func forget(_ hash: SecretHash) {
        sessions[hash] = nil
        core.write(.delete(table: "pairing_sessions", key: ["token_hash": .blob(hash.bytes)]))
    }

    private func save(_ hash: SecretHash, _ session: PairingSession) {
        core.write(.put(table: "pairing_sessions", row: session.row(hash)))
    }
}
