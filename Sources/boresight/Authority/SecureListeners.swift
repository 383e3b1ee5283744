import API
import Engine
import Transport

/// HTTPS beside HTTP, with certificates of the station's own authority.
extension DaemonPlan {
    /// Makes the listeners that `https` asks for, and tells the gateway of the authority.
    mutating func addSecureListeners(_ log: Log) throws(CommandFailure) {
        guard !https.isEmpty else { return }
        let texts = Self.names(https, publicHost)
        let names = texts.map { (text: $0, name: HostName($0)) }
        let authority = try AuthorityFiles.authority(
            in: dataDirectory, hosts: names.map(\.name))
        let served = names.filter { authority.mayVouch(for: $0.name) }
        for (text, name) in names where !authority.mayVouch(for: name) {
            log.write(
                .warning, "serve", "the station's authority was not made for this name",
                ["name": text, "help": "remove \(AuthorityFiles.keyName) to make another"])
        }
        let server = try AuthorityFiles.server(authority, served.map(\.name))
        let identity = TLSIdentity(certificateChain: server.chain, privateKey: server.key)
        listeners += https.map {
            ListenerConfiguration(host: $0.host, port: $0.port, tls: identity)
        }
        station.gateway.bases += https.map { _ in .root }
        let fingerprint = try AuthorityFiles.perform("the authority") { () throws(AuthorityError) in
            try authority.fingerprint()
        }
        station.gateway.authority = TrustedAuthority(
            certificate: authority.certificate, fingerprint: fingerprint, urls: Self.urls(https))
        log.write(
            .info, "serve", "HTTPS with the station's own authority",
            ["fingerprint": fingerprint])
    }

    /// Everything that a browser may call this station, in the order of their use.
    private static func names(_ listeners: [HostPort], _ publicHost: String?) -> [String] {
        let hosts = listeners.map(\.host).filter { $0 != "0.0.0.0" && $0 != "::" }
        let all =
            [publicHost].compactMap(\.self) + hosts + MachineAddresses.all()
            + HostName.ofThisMachine + ["localhost", "127.0.0.1", "::1"]
        var seen: Set<String> = []
        return all.filter { seen.insert($0).inserted }
    }

    private static func urls(_ listeners: [HostPort]) -> [String] {
        listeners.flatMap { listener in
            let isAny = listener.host == "0.0.0.0" || listener.host == "::"
            let hosts = isAny ? MachineAddresses.all() : [listener.host]
            return hosts.map { "https://\(HostPort(host: $0, port: listener.port))" }
        }
    }
}
