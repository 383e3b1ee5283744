import Drivers
import Engine

extension LinkRequest: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        writer.member("driver", link.driver)
        writer.member("connection", link.connection)
        switch action {
        case .connect(let host, let port, let timeout):
            writer.plain("connect", host)
            writer.member("port", Int(port))
            writer.member("timeout_ns", timeout.nanoseconds)
        case .send(let bytes): writer.member("send", bytes, mayHoldSecrets: false)
        case .close: writer.member("close", true)
        }
    }
}

extension LinkReport: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        writer.member("driver", link.driver)
        writer.member("connection", link.connection)
        switch event {
        case .connected: writer.member("connected", true)
        case .received(let bytes): writer.member("received", bytes, mayHoldSecrets: false)
        case .closed(let error): writer.plain("closed", error.recordedName)
        }
    }
}

extension LinkError {
    private static let names: [(error: LinkError, name: String)] = [
        (.refused, "refused"), (.unresolvable, "unresolvable"), (.timedOut, "timed out"),
        (.reset, "reset"), (.ended, "ended"), (.cancelled, "cancelled"),
        (.notReading, "not reading"),
    ]

    fileprivate var recordedName: String {
        if case .other(let code) = self { return "errno \(code)" }
        return Self.names.first { $0.error == self }?.name ?? "errno 0"
    }

    init?(recordedName name: String) {
        if let known = Self.names.first(where: { $0.name == name }) {
            self = known.error
            return
        }
        guard name.hasPrefix("errno "), let code = Int32(name.dropFirst(6)) else { return nil }
        self = .other(code)
    }
}
