import Engine

/// The sessions that are kept, by user and in the order of their starts.
struct SessionHistory {
    private var sessions: [String: WorkspaceSession] = [:]
    /// Ids by user, the first one first.
    private var orders: [String: [String]] = [:]
    /// Ids of those that have ended, in the order of their ends.
    private var ended: [String] = []
    private(set) var active: [String: WorkspaceSession] = [:]

    /// By start, the first one first.
    init(_ stored: [WorkspaceSession] = []) {
        for session in stored.sorted(by: { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }) {
            put(session)
        }
    }

    subscript(id: String) -> WorkspaceSession? { sessions[id] }

    /// Adds a session, or changes it.
    mutating func put(_ session: WorkspaceSession) {
        let old = sessions.updateValue(session, forKey: session.id)
        if old == nil { orders[session.user, default: []].append(session.id) }
        if session.isActive {
            active[session.id] = session
        } else {
            active[session.id] = nil
            if old?.isActive ?? true { ended.append(session.id) }
        }
    }

    /// A user's, newest first.
    func sessions(of user: String) -> some Sequence<WorkspaceSession> {
        (orders[user] ?? []).reversed().lazy.compactMap { sessions[$0] }
    }

    /// Those under way, the first one first.
    func active(where isMeant: (WorkspaceSession) -> Bool) -> [WorkspaceSession] {
        active.values.filter(isMeant).sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    /// Forgets those that ended first, until no more than `limit` ended ones are left.
    mutating func removeTheOldest(over limit: Int) -> [WorkspaceSession] {
        guard ended.count > limit else { return [] }
        let oldest = ended.prefix(ended.count - limit)
        ended.removeFirst(oldest.count)
        return oldest.compactMap { id in
            guard let session = sessions.removeValue(forKey: id) else { return nil }
            orders[session.user]?.removeAll { $0 == id }
            if orders[session.user]?.isEmpty == true { orders[session.user] = nil }
            return session
        }
    }
}
