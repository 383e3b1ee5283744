import TestSupport
import Testing

@testable import boresight

/// OpenSSL is the judge: it knows nothing of us.
@Suite struct CertificateAuthorityTests {
    private static let now: Int64 = 1_790_000_000
    private static let serial: [UInt8] = [0x40, 1, 2, 3]

    private static func authority(hosts: [HostName] = []) throws -> CertificateAuthority {
        try CertificateAuthority.make(now: now, hosts: hosts, serial: serial)
    }

    /// What openssl says of a server's certificate at a time.
    private static func verify(
        _ authority: CertificateAuthority, _ hosts: [String], at time: Int64 = now,
        asked: [String] = []
    ) async throws -> (isGood: Bool, words: String) {
        let folder = try TemporaryFolder()
        try folder.write(authority.certificate, to: "ca.pem")
        let server = try authority.server(
            hosts.map { HostName($0) }, now: now, serial: [0x41, 9])
        try folder.write(server.chain, to: "server.pem")
        let openssl = try ChildProcess(
            "/usr/bin/openssl",
            [
                "verify", "-x509_strict", "-purpose", "sslserver", "-attime", String(time),
                "-CAfile", folder.path + "/ca.pem",
            ] + asked + [folder.path + "/server.pem"])
        let exit = await openssl.waitForOutput()
        return (exit == .code(0), openssl.standardError)
    }

    @Test(arguments: [
        "192.168.4.1", "10.0.0.7", "172.31.255.1", "169.254.3.4", "100.100.1.2", "127.0.0.1", "::1",
        "fd00::7", "fe80::1", "localhost", "mast.local", "pi.lan",
    ])
    func `a server of a private network is vouched for`(host: String) async throws {
        let authority = try Self.authority()
        #expect(authority.mayVouch(for: HostName(host)))
        let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        let asked = [isAddress ? "-verify_ip" : "-verify_hostname", host]
        let verdict = try await Self.verify(authority, [host], asked: asked)
        #expect(verdict.isGood, "\(verdict.words)")
    }

    @Test(arguments: ["bank.example", "8.8.8.8", "2001:db8::1", "notlocal", "172.32.0.1"])
    func `nothing of the Internet is vouched for, whoever has the key`(host: String) async throws {
        let authority = try Self.authority()
        #expect(!authority.mayVouch(for: HostName(host)))
        let verdict = try await Self.verify(authority, [host])
        #expect(!verdict.isGood)
        #expect(verdict.words.contains("permitted subtree violation"), "\(verdict.words)")
    }

    @Test func `the station's own names are vouched for besides`() async throws {
        let names = [HostName("station.example"), HostName("203.0.113.7")]
        let authority = try Self.authority(hosts: names)
        let good = try await Self.verify(
            authority, ["station.example", "203.0.113.7"],
            asked: ["-verify_hostname", "station.example", "-verify_ip", "203.0.113.7"])
        #expect(good.isGood, "\(good.words)")
        #expect(!authority.mayVouch(for: HostName("203.0.113.8")))
        #expect(!authority.mayVouch(for: HostName("other.example")))
    }

    /// Seconds from now: two days before, and 820 after.
    private static let times: [(seconds: Int64, isGood: Bool)] = [
        (-172_799, true), (-172_801, false), (70_847_999, true), (70_848_001, false),
    ]

    @Test(arguments: times)
    func `a server's certificate lives shorter than phones take, from a little earlier`(
        seconds: Int64, isGood: Bool
    ) async throws {
        let time = Self.now + seconds
        let verdict = try await Self.verify(Self.authority(), ["localhost"], at: time)
        #expect(verdict.isGood == isGood, "\(verdict.words)")
    }

    @Test func `an authority is the same after it was read`() throws {
        let made = try Self.authority()
        let read = try CertificateAuthority(certificate: made.certificate, key: made.key)
        #expect(try read.fingerprint() == made.fingerprint())
        #expect(try made.fingerprint().count == 32 * 3 - 1)
    }

    @Test func `what does not belong together is refused`() throws {
        let (one, other) = (try Self.authority(), try Self.authority())
        #expect(throws: AuthorityError.self) {
            try CertificateAuthority(certificate: one.certificate, key: other.key)
        }
        #expect(throws: AuthorityError.self) {
            try CertificateAuthority(certificate: "nothing", key: one.key)
        }
        #expect(throws: AuthorityError.self) {
            try CertificateAuthority(certificate: one.certificate, key: "")
        }
    }
}
