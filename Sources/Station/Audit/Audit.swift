package import Engine

/// Who did what, in order, so that a change of it shows.
///
/// An entry is written in the turn in which it is added, and so is stored with what it tells of or
/// not at all.
package actor Audit: CoreActor {
    package nonisolated let core: Core
    package nonisolated let limits: AuditLimits
    private let identity: Identity
    private var chain = AuditChain()
    /// Oldest first.
    private var entries: [AuditEntry] = []
    private var numbers: NumberedIDs
    private var counters: AuditCounters
    private lazy var timer = Timer(on: self) { $0.tellWhatWasCounted() }

    package init(core: Core, identity: Identity, limits: AuditLimits = AuditLimits()) {
        self.core = core
        self.identity = identity
        self.limits = limits
        numbers = NumberedIDs(core: core, name: "audit")
        counters = AuditCounters(limits: limits)
    }

    /// - Parameter rows: by number.
    package func start(_ rows: [StoreRow], counters: [StoreRow]) {
        var known: Set<String> = []
        entries = rows.compactMap(AuditEntry.stored).map { $0.sharing(&known) }
        if entries.count < rows.count {
            core.log(
                .warning, "audit", "entries are malformed; see boresight audit verify",
                ["count": String(rows.count - entries.count)])
        }
        if let last = entries.last { chain = AuditChain(behind: last) }
        numbers.start(counters: counters, used: entries.map { Int($0.number) })
    }

    // MARK: Adding

    /// Keeps an event, or counts it where there were many equal ones.
    package func add(_ event: AuditEvent, _ pace: AuditPace = .each) {
        let event = named(event).cleaned(limits)
        if counters.admit(event, pace, now: core.now) { append(event) }
        if let due = counters.due { timer.arm(at: due) }
    }

    /// With the e-mail address of who did it.
    private func named(_ event: AuditEvent) -> AuditEvent {
        guard let user = event.user, event.userEmail.isEmpty else { return event }
        var event = event
        event.userEmail = identity.enter { try? $0.user(named: user) }?.email ?? ""
        return event
    }

    private func tellWhatWasCounted() {
        for event in counters.takeDue(now: core.now) { append(event) }
        if let due = counters.due { timer.arm(at: due) }
    }

    private func append(_ event: AuditEvent) {
        link(event)
        guard entries.count > limits.entries else { return }
        let dropped = entries.prefix(limits.trimmedAtOnce)
        guard let last = dropped.last else { return }
        for entry in dropped {
            core.write(.delete(table: "audit", key: ["number": .integer(entry.number)]))
        }
        entries.removeFirst(dropped.count)
        link(AuditTrim(number: last.number, digest: last.digest).event)
    }

    private func link(_ event: AuditEvent) {
        let entry = chain.link(event, number: Int64(numbers.next()), at: core.utc)
        entries.append(entry)
        core.write(.put(table: "audit", row: entry.row))
    }

    // MARK: Reading

    /// The newest entries, newest first.
    ///
    /// - Parameter user: only what this user did; nil for everybody.
    package func newest(of user: String?, limit: Int) -> [AuditEntry] {
        var wanted = AuditFilter()
        wanted.user = user
        return Array(entries.reversed().lazy.filter(wanted.takes).prefix(limit))
    }

    /// A page of the entries that are wanted, newest first.
    ///
    /// - Parameter before: only those with a lower number.
    /// - Returns: the number to go on before, too; nil when there is nothing more.
    package func page(
        of wanted: AuditFilter, before: Int64?, limit: Int
    ) -> (entries: [AuditEntry], next: Int64?) {
        var page: [AuditEntry] = []
        for entry in entries.reversed() where before.map({ entry.number < $0 }) ?? true {
            guard wanted.takes(entry) else { continue }
            guard page.count < limit else { return (page, page.last?.number) }
            page.append(entry)
        }
        return (page, nil)
    }
}
