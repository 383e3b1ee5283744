/// The station's own certificate authority: phones that trust it may use everything that browsers
/// keep for pages over HTTPS, without Internet.
struct CertificateAuthority {
    let certificate: String
    let key: String
    private let issuer: X509Certificate
    private let signer: X509Key

    /// Twenty years: whoever trusts it on a phone should not have to again.
    private static let lifeSeconds: Int64 = 20 * 365 * 86400
    /// Phones refuse certificates of servers that are good for longer (Apple: 825 days); a daemon
    /// makes another at each start.
    private static let serverLifeSeconds: Int64 = 820 * 86400
    /// A computer without a battery may start with a clock that is late; phones' may be, too.
    private static let earlierSeconds: Int64 = 2 * 86400

    /// What it may vouch for: a stolen key opens nothing on the Internet. The private networks
    /// (RFC 1918, 3927, 4193, 4291, 6598), the loopback, and names that no registry gives away.
    static let permitted: [HostName] =
        [
            ([10, 0, 0, 0], 8), ([172, 16, 0, 0], 12), ([192, 168, 0, 0], 16),
            ([169, 254, 0, 0], 16), ([100, 64, 0, 0], 10), ([127, 0, 0, 0], 8),
            ([0xfc] + zeros(15), 7), ([0xfe, 0x80] + zeros(14), 10), (zeros(15) + [1], 128),
        ].map { .address($0.0 + mask($0.1, bytes: $0.0.count)) }
        + ["localhost", "local", "lan", "home.arpa", "internal", "test"].map(HostName.name)

    /// Draws a new one.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - hosts: names of this station besides those that no registry gives away.
    static func make(
        now: Int64, hosts: [HostName], serial: [UInt8]
    ) throws(AuthorityError) -> CertificateAuthority {
        let key = try X509Key()
        let certificate = try X509Certificate(
            of: key, name: "Boresight \(suffix(serial))", serial: serial)
        try certificate.setValidity(from: now - earlierSeconds, until: now + lifeSeconds)
        try certificate.setAuthority(for: permitted + hosts.map(\.alone))
        try certificate.sign(by: certificate, key)
        return try CertificateAuthority(certificate: certificate.pem(), key: key.pem())
    }

    /// Reads one that was made before.
    init(certificate: String, key: String) throws(AuthorityError) {
        issuer = try X509Certificate(pem: certificate)
        signer = try X509Key(pem: key)
        guard try issuer.belongs(to: signer) else {
            throw AuthorityError(
                what: "this is another certificate's key", reason: "they do not belong together")
        }
        (self.certificate, self.key) = (certificate, key)
    }

    /// A new key and certificate for a server that is reached under these names, as PEM: the
    /// certificate chain and the key.
    func server(
        _ hosts: [HostName], now: Int64, serial: [UInt8]
    ) throws(AuthorityError) -> (chain: String, key: String) {
        let key = try X509Key()
        let server = try X509Certificate(of: key, name: "Boresight", serial: serial)
        try server.setValidity(
            from: now - Self.earlierSeconds, until: min(now + Self.serverLifeSeconds, issuer.end))
        try server.setServer(hosts)
        try server.sign(by: issuer, signer)
        return (try server.pem() + certificate, try key.pem())
    }

    /// Whether it may vouch for a server of this name.
    func mayVouch(for name: HostName) -> Bool { issuer.permits(name) }

    /// As phones and browsers show it.
    func fingerprint() throws(AuthorityError) -> String {
        let digits = Array("0123456789ABCDEF")
        return try issuer.fingerprint().map { byte in
            "\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }.joined(separator: ":")
    }

    /// Tells two stations' authorities apart in a phone's list.
    private static func suffix(_ serial: [UInt8]) -> String {
        serial.suffix(2).map { String($0, radix: 16) }.joined()
    }

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    private static func mask(_ bits: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).map { index in
            let here = min(8, max(0, bits - index * 8))
            return UInt8(truncatingIfNeeded: 0xff << (8 - here))
        }
    }
}

extension HostName {
    /// It and nothing else, as an authority is permitted.
    fileprivate var alone: HostName {
        switch self {
        case .name: self
        case .address(let bytes): .address(bytes + bytes.map { _ in 0xff })
        }
    }
}
