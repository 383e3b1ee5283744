import Drivers
import Engine

extension SSHRequest: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch action {
        case .run(let command):
            writer.member("run", command.text)
            writer.plain("host", command.host)
            writer.member("port", Int(command.port))
            writer.plain("user", command.user)
            // The kind and no more: a password or key has no place in a recording.
            writer.plain("authentication", command.authentication.description)
            if let fingerprint = command.hostKeyFingerprint {
                writer.plain("host_key", fingerprint)
            }
            writer.member("connect_timeout_ns", command.connectTimeout.nanoseconds)
            writer.member("total_timeout_ns", command.totalTimeout.nanoseconds)
        case .cancel: writer.member("cancel", true)
        }
    }
}

extension SSHReport: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch event {
        case .connected: writer.member("connected", true)
        case .output(let bytes, isError: false): writer.member("output", bytes)
        case .output(let bytes, isError: true): writer.member("errors", bytes)
        case .ended(let exitCode): writer.member("ended", Int64(exitCode))
        case .signalled(let name): writer.plain("signalled", name)
        case .failed(let error):
            writer.plain("failed", error.recordedName)
            switch error {
            case .hostKeyMismatch(let found): writer.plain("host_key", found)
            case .hostKeyUnknown(let fingerprint): writer.plain("host_key", fingerprint)
            default: break
            }
        }
    }
}

extension SSHError {
    private static let names: [(error: SSHError, name: String)] = [
        (.refused, "refused"), (.unresolvable, "unresolvable"),
        (.connectTimedOut, "connect timed out"), (.commandTimedOut, "command timed out"),
        (.authenticationRefused, "authentication refused"), (.keyUnreadable, "key unreadable"),
        (.invalidCommand, "invalid command"), (.commandRefused, "command refused"),
        (.disconnected, "disconnected"), (.protocolFailed, "protocol failed"),
        (.outputTooLong, "output too long"), (.busy, "busy"), (.cancelled, "cancelled"),
        (.noThread, "no thread"), (.keyTooSlow, "key too slow"),
    ]

    fileprivate var recordedName: String {
        switch self {
        case .hostKeyMismatch: "host key mismatch"
        case .hostKeyUnknown: "host key unknown"
        case .other(let code): "errno \(code)"
        default: Self.names.first { $0.error == self }?.name ?? "errno 0"
        }
    }

    /// - Parameter hostKey: the fingerprint, for the errors that tell one.
    init?(recordedName name: String, hostKey: String?) {
        switch (name, hostKey) {
        case ("host key mismatch", let found?): self = .hostKeyMismatch(found: found)
        case ("host key unknown", let found?): self = .hostKeyUnknown(fingerprint: found)
        default:
            if let known = Self.names.first(where: { $0.name == name }) {
                self = known.error
            } else if name.hasPrefix("errno "), let code = Int32(name.dropFirst(6)) {
                self = .other(code)
            } else {
                return nil
            }
        }
    }
}
