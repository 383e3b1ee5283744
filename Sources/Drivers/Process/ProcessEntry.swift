/// A process as long as the machine is up: its number alone is given again.
struct ProcessIdentity: Hashable {
    let id: Int32
    /// In ticks since the machine's start.
    let startedAt: UInt64
}

/// One process of this machine, as Linux lists it (proc(5)).
struct ProcessEntry: Equatable {
    let id: Int32
    let parent: Int32
    let group: Int32
    let session: Int32
    /// Neither dead nor a zombie; a process whose first thread alone has ended is alive.
    let isAlive: Bool
    let startedAt: UInt64
    var cookie: ProcessCookie?

    var identity: ProcessIdentity { ProcessIdentity(id: id, startedAt: startedAt) }

    init(
        id: Int32, parent: Int32, group: Int32, session: Int32, isAlive: Bool = true,
        startedAt: UInt64 = 0, cookie: ProcessCookie? = nil
    ) {
        self.id = id
        self.parent = parent
        self.group = group
        self.session = session
        self.isAlive = isAlive
        self.startedAt = startedAt
        self.cookie = cookie
    }

    /// Reads `/proc/PID/stat`, whose second field is a name that may hold anything.
    init?(id: Int32, stat: [UInt8]) {
        guard let name = stat.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = stat[name...].dropFirst().split(separator: UInt8(ascii: " "))
            .map { String(decoding: $0, as: UTF8.self) }
        guard fields.count > 19, let parent = Int32(fields[1]), let group = Int32(fields[2]),
            let session = Int32(fields[3]), let threads = Int(fields[17]),
            let startedAt = UInt64(fields[19])
        else { return nil }
        let isZombie = fields[0] == "Z" && threads <= 1
        self.init(
            id: id, parent: parent, group: group, session: session,
            isAlive: !isZombie && fields[0] != "X", startedAt: startedAt)
    }
}

/// Whose processes are meant: those of a run, or of a whole station.
struct ProcessOwner {
    let cookie: ProcessCookie
    /// The first process, not reaped yet, so that its number is nobody else's; nil when it is not
    /// known.
    var leader: Int32?
    /// Those that were found before, which may have lost what they were known by.
    var known: Set<ProcessIdentity> = []

    /// Those of the living processes that are the owner's.
    ///
    /// They carry its cookie, or are of the leader's session, or were started by such a process.
    /// One that has left the session, wiped its environment and lost its parent before anybody
    /// looked is not known by anything; one that carries the cookie of somebody else is never the
    /// owner's.
    ///
    /// - Parameter own: the process that asks, which is never meant.
    func processes(among all: [ProcessEntry], sparing own: Int32) -> [ProcessEntry] {
        let candidates = all.filter { entry in
            entry.id != own && entry.isAlive && entry.cookie.map(cookie.covers) != false
        }
        var owned = Set(candidates.filter(isMarked).map(\.id))
        var count = 0
        while count < owned.count {
            count = owned.count
            for entry in candidates where owned.contains(entry.parent) { owned.insert(entry.id) }
        }
        return candidates.filter { owned.contains($0.id) }
    }

    private func isMarked(_ entry: ProcessEntry) -> Bool {
        if entry.cookie != nil || known.contains(entry.identity) { return true }
        guard let leader else { return false }
        return [entry.id, entry.session, entry.group].contains(leader)
    }
}
