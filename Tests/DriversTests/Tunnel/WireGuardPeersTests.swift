import Engine
import Testing

@testable import Drivers

@Suite struct WireGuardPeersTests {
    private static let now: Int64 = 1_795_000_000

    private func status(
        of address: String, allowed: [String], handshakes: [Int64]
    ) -> TunnelStatus? {
        let names = (0..<allowed.count).map { "peer\($0)=" }
        return WireGuardPeers(
            allowed: zip(names, allowed).map { "\($0)\t\($1)\n" }.joined(),
            handshakes: zip(names, handshakes).map { "\($0)\t\($1)\n" }.joined()
        )?.status(
            of: address, at: UTCTime(nanoseconds: Self.now * 1_000_000_000 + 5),
            limits: WireGuardLimits())
    }

    @Test(arguments: [
        (0, TunnelStatus.encrypted), (1, .encrypted), (179, .encrypted), (180, .stale),
        (100_000, .stale), (-1, .encrypted), (-180, .encrypted), (-181, .stale),
        (1_795_000_000, .stale),
    ] as [(Int64, TunnelStatus)])
    func `a peer's keys are good for three minutes after its handshake`(
        age: Int64, status: TunnelStatus
    ) {
        let found = self.status(
            of: "10.0.0.2", allowed: ["10.0.0.2/32"], handshakes: [Self.now - age])
        #expect(found == status)
    }

    @Test(arguments: [
        ("10.0.0.2", TunnelStatus.encrypted), ("::ffff:10.0.0.2", .encrypted),
        ("10.0.0.3", .none), ("fd00::77", .encrypted), ("fd01::77", .none),
        ("127.0.0.1", .none), ("::1", .none), ("", .none), ("nonsense", .none),
    ])
    func `a caller comes through the tunnel when a peer has its address`(
        address: String, status: TunnelStatus
    ) {
        #expect(
            self.status(
                of: address, allowed: ["10.0.0.2/32 fd00::/64"], handshakes: [Self.now])
                == status)
    }

    @Test func `the peer with the most specific prefix is the caller's`() {
        let allowed = ["10.0.0.0/24", "10.0.0.2/32", "(none)"]
        let times = [Self.now, 0, Self.now]
        #expect(status(of: "10.0.0.2", allowed: allowed, handshakes: times) == .stale)
        #expect(status(of: "10.0.0.3", allowed: allowed, handshakes: times) == .encrypted)
    }

    @Test func `a peer that is allowed everything says nothing about our neighbours`() {
        let allowed = ["0.0.0.0/0 ::/0 10.0.0.1/32"]
        #expect(status(of: "192.168.1.5", allowed: allowed, handshakes: [Self.now]) == TunnelStatus.none)
        #expect(status(of: "10.0.0.1", allowed: allowed, handshakes: [Self.now]) == .encrypted)
    }

    @Test func `an interface without peers has nobody`() {
        #expect(status(of: "10.0.0.2", allowed: [], handshakes: []) == TunnelStatus.none)
    }

    @Test func `a peer that came in between is left away`() {
        #expect(WireGuardPeers(allowed: "a\t10.0.0.2/32\n", handshakes: "")?.peers == [])
        #expect(WireGuardPeers(allowed: "", handshakes: "a\t5\n")?.peers == [])
    }

    @Test(arguments: [
        ("a", "a\t5"), ("a\tx", "a\t5"), ("a\t10.0.0.2", "a\t5"), ("a\t10.0.0.2/32", "a"),
        ("a\t10.0.0.2/32", "a\tnever"), ("a\t10.0.0.2/32", "a\t-5"), ("a\tb\tc", "a\t5"),
        ("", "Unable to access interface"),
    ])
    func `what is no list of peers is not read`(allowed: String, handshakes: String) {
        #expect(WireGuardPeers(allowed: allowed, handshakes: handshakes) == nil)
    }
}
