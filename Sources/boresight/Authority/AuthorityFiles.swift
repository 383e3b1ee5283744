import Engine

/// The authority's certificate and key in the data folder.
enum AuthorityFiles {
    static let certificateName = "authority.pem"
    static let keyName = "authority.key"
    private static let mostBytes = 64 * 1024
    /// RFC 5280 §4.1.2.2: at most 20; random, so that no two of a station are the same.
    private static let serialBytes = 16

    /// Reads the authority; the first start with HTTPS makes it.
    static func authority(
        in directory: String, hosts: [HostName]
    ) throws(CommandFailure) -> CertificateAuthority {
        let (certificatePath, keyPath) = (
            directory + "/" + certificateName, directory + "/" + keyName
        )
        guard let key = try text(keyPath) else {
            let made = try perform("the certificate authority") { () throws(AuthorityError) in
                try CertificateAuthority.make(now: now, hosts: hosts, serial: serial())
            }
            try PrivateFile.write(made.certificate, to: certificatePath)
            // The key last: with it the authority is there, and is used from then on.
            try PrivateFile.write(made.key, to: keyPath)
            return made
        }
        guard let certificate = try text(certificatePath) else {
            throw CommandFailure(
                .configuration, "\(certificatePath) is missing, and its key is there",
                hint: "put it back, or remove \(keyPath) to make another authority")
        }
        return try perform(certificatePath) { () throws(AuthorityError) in
            try CertificateAuthority(certificate: certificate, key: key)
        }
    }

    /// A server's chain and key, fresh.
    static func server(
        _ authority: CertificateAuthority, _ hosts: [HostName]
    ) throws(CommandFailure) -> (chain: String, key: String) {
        try perform("the server's certificate") { () throws(AuthorityError) in
            try authority.server(hosts, now: now, serial: serial())
        }
    }

    static func perform<Result>(
        _ what: String, _ body: () throws(AuthorityError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(AuthorityError) {
            return try body()
        } catch {
            throw CommandFailure(.configuration, "\(what): \(error)")
        }
    }

    private static func text(_ path: String) throws(CommandFailure) -> String? {
        do throws(FileProblem) {
            let bytes = try FileReading.bytes(of: path, atMost: mostBytes)
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            if error.isMissing { return nil }
            throw CommandFailure(.configuration, "\(path): \(error.message)")
        }
    }

    private static var now: Int64 { WallClock.now.nanoseconds / 1_000_000_000 }

    private static func serial() -> [UInt8] {
        var bytes = SystemEntropy.bytes(serialBytes)
        // A positive number in DER.
        bytes[0] &= 0x7f
        bytes[0] |= 0x40
        return bytes
    }
}
