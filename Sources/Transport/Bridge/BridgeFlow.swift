/// Decides which side of a bridge is read, by what waits for the other one.
struct BridgeFlow {
    /// Bytes that may wait for either side before the other is left unread.
    private let bound: Int
    private(set) var readsClient = true
    private(set) var readsPort = true

    init(bound: Int) {
        self.bound = bound
    }

    mutating func update(waitingForClient: Int, waitingForPort: Int) {
        readsPort = goesOn(readsPort, waitingForClient)
        readsClient = goesOn(readsClient, waitingForPort)
    }

    /// Stops at the bound and begins again at half of it, so that not every frame turns it over.
    private func goesOn(_ reads: Bool, _ waiting: Int) -> Bool {
        reads ? waiting < bound : waiting <= bound / 2
    }
}
