private import CGnuTLS

/// A private key, ECDSA on P-256, which every phone knows.
final class X509Key {
    fileprivate let raw: gnutls_x509_privkey_t

    /// Draws one.
    init() throws(AuthorityError) {
        raw = try Self.empty()
        // The curve in the place of a number of bits, as GNUTLS_CURVE_TO_BITS writes it.
        let curve = UInt32(1) << 31 | GNUTLS_ECC_CURVE_SECP256R1.rawValue
        try check(
            gnutls_x509_privkey_generate(raw, GNUTLS_PK_ECDSA, curve, 0), "cannot draw a key")
    }

    init(pem: String) throws(AuthorityError) {
        raw = try Self.empty()
        try check(
            withDatum(pem) { gnutls_x509_privkey_import(raw, &$0, GNUTLS_X509_FMT_PEM) },
            "this is no private key")
    }

    private static func empty() throws(AuthorityError) -> gnutls_x509_privkey_t {
        var key: gnutls_x509_privkey_t?
        try check(gnutls_x509_privkey_init(&key), "cannot make a key")
        guard let key else { throw AuthorityError(what: "cannot make a key", reason: "no memory") }
        return key
    }

    deinit { gnutls_x509_privkey_deinit(raw) }

    func pem() throws(AuthorityError) -> String {
        try text("cannot write the key") {
            gnutls_x509_privkey_export(raw, GNUTLS_X509_FMT_PEM, $0, $1)
        }
    }

    /// What names the key in certificates.
    func id() throws(AuthorityError) -> [UInt8] {
        try bytes("cannot name the key") { gnutls_x509_privkey_get_key_id(raw, 0, $0, $1) }
    }
}

/// A certificate (RFC 5280), read or about to be signed.
final class X509Certificate {
    private let raw: gnutls_x509_crt_t

    /// An empty one for a key.
    init(of key: X509Key, name: String, serial: [UInt8]) throws(AuthorityError) {
        raw = try Self.empty()
        let what = "cannot make a certificate"
        try check(gnutls_x509_crt_set_version(raw, 3), what)
        try check(gnutls_x509_crt_set_serial(raw, serial, serial.count), what)
        try check(gnutls_x509_crt_set_key(raw, key.raw), what)
        let common = "2.5.4.3"
        try check(
            gnutls_x509_crt_set_dn_by_oid(raw, common, 0, name, UInt32(name.utf8.count)), what)
        let id = try key.id()
        try check(gnutls_x509_crt_set_subject_key_id(raw, id, id.count), what)
    }

    init(pem: String) throws(AuthorityError) {
        raw = try Self.empty()
        try check(
            withDatum(pem) { gnutls_x509_crt_import(raw, &$0, GNUTLS_X509_FMT_PEM) },
            "this is no certificate")
    }

    private static func empty() throws(AuthorityError) -> gnutls_x509_crt_t {
        var certificate: gnutls_x509_crt_t?
        let what = "cannot make a certificate"
        try check(gnutls_x509_crt_init(&certificate), what)
        guard let certificate else { throw AuthorityError(what: what, reason: "no memory") }
        return certificate
    }

    deinit { gnutls_x509_crt_deinit(raw) }

    /// Seconds since 1970.
    func setValidity(from: Int64, until: Int64) throws(AuthorityError) {
        let what = "cannot set how long a certificate is good"
        try check(gnutls_x509_crt_set_activation_time(raw, Int(from)), what)
        try check(gnutls_x509_crt_set_expiration_time(raw, Int(until)), what)
    }

    /// When it ends, in seconds since 1970.
    var end: Int64 { Int64(gnutls_x509_crt_get_expiration_time(raw)) }

    /// It vouches for servers, and for no further authorities.
    func setAuthority(for names: [HostName]) throws(AuthorityError) {
        let what = "cannot make an authority"
        try check(gnutls_x509_crt_set_basic_constraints(raw, 1, 0), what)
        let usage = UInt32(GNUTLS_KEY_KEY_CERT_SIGN) | UInt32(GNUTLS_KEY_CRL_SIGN)
        try check(gnutls_x509_crt_set_key_usage(raw, usage), what)
        var constraints: gnutls_x509_name_constraints_t?
        try check(gnutls_x509_name_constraints_init(&constraints), what)
        defer { gnutls_x509_name_constraints_deinit(constraints) }
        for name in names {
            try check(
                withDatum(name.bytes) {
                    gnutls_x509_name_constraints_add_permitted(constraints, name.kind, &$0)
                }, what)
        }
        try check(gnutls_x509_crt_set_name_constraints(raw, constraints, 1), what)
    }

    /// Whether its authority reaches so far.
    func permits(_ name: HostName) -> Bool {
        var constraints: gnutls_x509_name_constraints_t?
        guard gnutls_x509_name_constraints_init(&constraints) >= 0 else { return false }
        defer { gnutls_x509_name_constraints_deinit(constraints) }
        guard gnutls_x509_crt_get_name_constraints(raw, constraints, 0, nil) >= 0 else {
            // One that somebody put here without any bounds.
            return true
        }
        return withDatum(name.bytes) {
            Int32(clamping: gnutls_x509_name_constraints_check(constraints, name.kind, &$0))
        } != 0
    }

    /// It is a server's.
    func setServer(_ names: [HostName]) throws(AuthorityError) {
        let what = "cannot make a server's certificate"
        try check(gnutls_x509_crt_set_basic_constraints(raw, 0, -1), what)
        try check(gnutls_x509_crt_set_key_usage(raw, UInt32(GNUTLS_KEY_DIGITAL_SIGNATURE)), what)
        // Serving on the web (RFC 5280 §4.2.1.12).
        try check(gnutls_x509_crt_set_key_purpose_oid(raw, "1.3.6.1.5.5.7.3.1", 0), what)
        for name in names {
            let bytes = name.bytes
            try check(
                gnutls_x509_crt_set_subject_alt_name(
                    raw, name.kind, bytes, UInt32(bytes.count), UInt32(GNUTLS_FSAN_APPEND)), what)
        }
    }

    func sign(by issuer: X509Certificate, _ key: X509Key) throws(AuthorityError) {
        let what = "cannot sign a certificate"
        let id = try key.id()
        try check(gnutls_x509_crt_set_authority_key_id(raw, id, id.count), what)
        try check(gnutls_x509_crt_sign2(raw, issuer.raw, key.raw, GNUTLS_DIG_SHA256, 0), what)
    }

    /// Whether the key is the one that it is about.
    func belongs(to key: X509Key) throws(AuthorityError) -> Bool {
        let id = try bytes("cannot name the key") { gnutls_x509_crt_get_key_id(raw, 0, $0, $1) }
        return id == (try key.id())
    }

    func pem() throws(AuthorityError) -> String {
        try text("cannot write the certificate") {
            gnutls_x509_crt_export(raw, GNUTLS_X509_FMT_PEM, $0, $1)
        }
    }

    /// SHA-256, as phones and browsers show it.
    func fingerprint() throws(AuthorityError) -> [UInt8] {
        try bytes("cannot take the fingerprint") {
            gnutls_x509_crt_get_fingerprint(raw, GNUTLS_DIG_SHA256, $0, $1)
        }
    }
}

extension HostName {
    fileprivate var kind: gnutls_x509_subject_alt_name_t {
        switch self {
        case .name: GNUTLS_SAN_DNSNAME
        case .address: GNUTLS_SAN_IPADDRESS
        }
    }
}

private func check(_ code: Int32, _ what: String) throws(AuthorityError) {
    guard code >= 0 else {
        throw AuthorityError(what: what, reason: String(cString: gnutls_strerror(code)))
    }
}

private func withDatum(_ text: String, _ body: (inout gnutls_datum_t) -> Int32) -> Int32 {
    withDatum(Array(text.utf8), body)
}

private func withDatum(_ bytes: [UInt8], _ body: (inout gnutls_datum_t) -> Int32) -> Int32 {
    var bytes = bytes
    return bytes.withUnsafeMutableBufferPointer { buffer in
        var datum = gnutls_datum_t(data: buffer.baseAddress, size: UInt32(buffer.count))
        return body(&datum)
    }
}

/// More than any key, certificate, fingerprint or key id of ours has.
private let mostBytes = 16 * 1024

private func bytes(
    _ what: String, _ fill: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>) -> Int32
) throws(AuthorityError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: mostBytes)
    var count = mostBytes
    let code = buffer.withUnsafeMutableBufferPointer { fill($0.baseAddress, &count) }
    try check(code, what)
    return Array(buffer.prefix(count))
}

private func text(
    _ what: String, _ fill: (UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>) -> Int32
) throws(AuthorityError) -> String {
    String(decoding: try bytes(what) { fill($0, $1) }.prefix { $0 != 0 }, as: UTF8.self)
}
