import TestSupport
import Testing
import Transport

/// A certificate that a test makes, and that is its own authority.
struct TestCertificate {
    let folder: TemporaryFolder
    let identity: TLSIdentity
    var authority: String { folder.path + "/cert.pem" }

    /// - Parameter address: the IP address that it is for.
    init(for address: String = "127.0.0.1") async throws {
        folder = try TemporaryFolder()
        let openssl = try ChildProcess(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-days", "2", "-subj", "/CN=\(address)", "-addext",
                "subjectAltName=IP:\(address)", "-keyout", folder.path + "/key.pem", "-out",
                folder.path + "/cert.pem",
            ])
        #expect(await openssl.waitForExit() == .code(0), "\(openssl.standardError)")
        identity = TLSIdentity(
            certificateChain: try folder.text(of: "cert.pem"),
            privateKey: try folder.text(of: "key.pem"))
    }
}
