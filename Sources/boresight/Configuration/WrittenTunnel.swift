import API

/// How to tell whether somebody comes through a tunnel.
struct WrittenTunnel: TextValue, Equatable {
    static let placeholder = "none|wireguard:IFACE"

    let tunnel: WorkspacePlan.Tunnel

    /// Characters of an interface's name: the system's bound, `IFNAMSIZ` without its zero.
    private static let nameCharacters = 1...15

    init(text: String) throws(TextValueProblem) {
        if text == "none" {
            tunnel = .none
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "wireguard", let name = parts.last,
            Self.nameCharacters.contains(name.utf8.count),
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") })
        else { throw TextValueProblem("must be none, or wireguard: and an interface such as wg0") }
        tunnel = .wireGuard(interface: String(name))
    }
}
