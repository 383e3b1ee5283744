import Engine

/// The peers of a WireGuard interface, as wg(8) lists them.
///
/// Whether somebody comes through the tunnel follows from the address alone: only a peer's own
/// packets may have an address that is allowed to it. That holds where the system refuses such
/// addresses on other interfaces, as Linux does with `rp_filter`.
struct WireGuardPeers: Sendable, Equatable {
    struct Peer: Sendable, Equatable {
        let key: String
        var allowed: [IPPrefix] = []
        /// Seconds since 1970; nil when there was none yet.
        var handshake: Int64?
    }

    private(set) var peers: [Peer] = []

    /// Takes what `wg show IFACE allowed-ips` and `wg show IFACE latest-handshakes` print, neither
    /// of which has a secret in it; nil when it is something else.
    ///
    /// A peer that is in one of them only came or went in between, and is left away.
    init?(allowed: String, handshakes: String) {
        var times: [String: Int64] = [:]
        for line in handshakes.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            guard fields.count == 2, let seconds = Int64(fields[1]), seconds >= 0 else {
                return nil
            }
            times[String(fields[0])] = seconds
        }
        for line in allowed.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            guard fields.count == 2 else { return nil }
            guard let seconds = times[String(fields[0])] else { continue }
            var peer = Peer(key: String(fields[0]), handshake: seconds == 0 ? nil : seconds)
            for text in fields[1].split(separator: " ") where text != "(none)" {
                guard let prefix = IPPrefix(String(text)) else { return nil }
                peer.allowed.append(prefix)
            }
            peers.append(peer)
        }
    }

    /// How somebody with that address comes here.
    func status(of text: String, at now: UTCTime, limits: WireGuardLimits) -> TunnelStatus {
        guard let address = IPAddress(text), let peer = peer(for: address) else { return .none }
        guard let handshake = peer.handshake else { return .stale }
        let age = now.nanoseconds / 1_000_000_000 - handshake
        // After a step of the clock a handshake may lie ahead; far ahead it says nothing.
        let most = limits.handshakeAge.components.seconds
        return (-most..<most).contains(age) ? .encrypted : .stale
    }

    /// The peer whose most specific prefix has the address, as WireGuard routes.
    ///
    /// One that is allowed everything says nothing: the way to it leads into the whole Internet,
    /// and our neighbours do not come through it.
    private func peer(for address: IPAddress) -> Peer? {
        var best: (bits: Int, peer: Peer)?
        for peer in peers {
            for prefix in peer.allowed where prefix.bits > 0 && prefix.contains(address) {
                if prefix.bits > best?.bits ?? 0 { best = (prefix.bits, peer) }
            }
        }
        return best?.peer
    }
}
