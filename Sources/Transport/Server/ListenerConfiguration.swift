/// A certificate chain and its key, as PEM text.
package struct TLSIdentity: Sendable {
    package let certificateChain: String
    package let privateKey: String

    package init(certificateChain: String, privateKey: String) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }
}

/// Where to listen.
package struct ListenerConfiguration: Sendable {
    /// A name or a numeric address.
    package let host: String
    /// 0 takes a free port.
    package let port: UInt16
    /// Nil for plain HTTP.
    package let tls: TLSIdentity?

    package init(host: String, port: UInt16, tls: TLSIdentity? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
    }
}

/// Where a listener really listens.
package struct BoundAddress: Sendable, Equatable {
    package let host: String
    package let port: UInt16
    package let isSecure: Bool

    package var url: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(host):\(port)"
    }
}

/// Why the transport cannot start.
package enum TransportError: Error, Sendable, Equatable, CustomStringConvertible {
    case cannotResolve(host: String, reason: String)
    case cannotListen(host: String, port: UInt16, reason: String)
    /// libmicrohttpd refused to start; with TLS nearly always the certificate or the key.
    case cannotServe(host: String, port: UInt16, isSecure: Bool)
    case noResources(reason: String)

    package var description: String {
        switch self {
        case .cannotResolve(let host, let reason): "cannot find the address of \(host): \(reason)"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host):\(port): \(reason)"
        case .cannotServe(let host, let port, true):
            "cannot serve TLS on \(host):\(port): check that the certificate and the key are PEM "
                + "and belong together"
        case .cannotServe(let host, let port, false): "cannot serve HTTP on \(host):\(port)"
        case .noResources(let reason): "cannot start: \(reason)"
        }
    }
}
