/// One command for one device, with what it takes to log in there.
package struct SSHCommand: Sendable, Equatable {
    /// A name or a numeric address.
    package var host: String
    package var port: UInt16
    package var user: String
    package var authentication: SSHAuthentication
    /// The only host key that is trusted, as `SHA256:` and unpadded base64, the way OpenSSH prints
    /// it. Nil trusts none: the run then fails and tells which key the device has. Of several keys
    /// a device shows the first that both sides support: Ed25519, ECDSA, RSA in this order.
    package var hostKeyFingerprint: String?
    /// What the user's shell on the device runs. A recording has it, and so may the device's list
    /// of processes: a secret belongs into `input`.
    package var text: String
    /// What the command reads from its standard input, which then ends. Neither traced nor
    /// recorded.
    package var input: [UInt8]
    /// For the key's passphrase, the name look-up, the connection and the login together, from the
    /// session's begin.
    package var connectTimeout: Duration
    /// For everything, the wait for a free session included.
    package var totalTimeout: Duration

    package init(
        host: String, port: UInt16 = 22, user: String, authentication: SSHAuthentication,
        hostKeyFingerprint: String?, text: String, input: [UInt8] = [],
        connectTimeout: Duration, totalTimeout: Duration
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.authentication = authentication
        self.hostKeyFingerprint = hostKeyFingerprint
        self.text = text
        self.input = input
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
    }
}

extension SSHCommand: CustomStringConvertible, CustomDebugStringConvertible {
    /// What it does and where, so that no log line can hold its input.
    package var description: String { "\(user)@\(host):\(port): \(text)" }

    package var debugDescription: String { description }
}

/// How a user proves who they are. Neither traced nor recorded beyond its kind.
package enum SSHAuthentication: Sendable, Equatable {
    /// Also given to a device that asks for one thing unseen, as those with PAM do.
    case password(String)
    /// A private key as the text of its file, in OpenSSH's or a PEM format.
    case privateKey(String, passphrase: String?)
}

extension SSHAuthentication: CustomStringConvertible, CustomDebugStringConvertible {
    /// The kind alone, so that no log line can hold the secret.
    package var description: String {
        switch self {
        case .password: "password"
        case .privateKey: "private key"
        }
    }

    package var debugDescription: String { description }
}
