/// The bytes that have crossed a bridge, and when to tell them.
struct BridgeTotals {
    private(set) var fromClient: UInt64 = 0
    private(set) var toClient: UInt64 = 0
    private let interval: Duration
    private var nextReport: Duration
    private var hasChanged = false

    init(interval: Duration, now: Duration) {
        self.interval = interval
        nextReport = now + interval
    }

    mutating func add(fromClient bytes: Int) {
        fromClient += UInt64(bytes)
        hasChanged = true
    }

    mutating func add(toClient bytes: Int) {
        toClient += UInt64(bytes)
        hasChanged = true
    }

    /// Whether they are to be told now; asking is taken as telling.
    mutating func isDue(_ now: Duration) -> Bool {
        guard hasChanged, nextReport <= now else { return false }
        hasChanged = false
        nextReport = now + interval
        return true
    }
}
