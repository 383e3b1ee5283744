package import Engine

/// An event in its place in the chain.
package struct AuditEntry: Sendable, Equatable {
    /// From 1, without a gap.
    package let number: Int64
    package let time: UTCTime
    package let event: AuditEvent
    /// The digest of the entry before.
    package let previous: [UInt8]
    package let digest: [UInt8]
}

extension AuditEntry {
    var row: StoreRow {
        StoreRow(
            columns: Self.columns(number, time, event) + [
                .init(name: "previous", value: .blob(previous)),
                .init(name: "digest", value: .blob(digest)),
            ])
    }

    /// The columns of the table, in its order.
    package static let columnNames =
        columns(0, UTCTime(nanoseconds: 0), AuditEvent("")).map(\.name) + ["previous", "digest"]

    /// What the digest covers, in the order in which it does.
    static func columns(
        _ number: Int64, _ time: UTCTime, _ event: AuditEvent
    ) -> [StoreRow.Column] {
        func text(_ text: String?) -> StoreValue { text.map { .text($0) } ?? .null }
        let values: KeyValuePairs<String, StoreValue> = [
            "number": .integer(number), "time_ns": .integer(time.nanoseconds),
            "user_id": text(event.user), "user_email": .text(event.userEmail),
            "api": .text(event.api), "action": .text(event.action),
            "resource": .text(event.resource), "details": .text(event.details),
            "ip_address": .text(event.address), "is_success": .integer(event.isSuccess ? 1 : 0),
            "end_reason": text(event.endReason), "device_id": text(event.device),
            "session_id": text(event.session), "organization_id": text(event.organization),
        ]
        return values.map { StoreRow.Column(name: $0.key, value: $0.value) }
    }

    /// The entry of a row; nil when something in it is of another kind than it must be.
    package static func stored(_ row: StoreRow) -> AuditEntry? {
        guard let number = row.integer("number"), let time = row.integer("time_ns"),
            let email = row.text("user_email"), let api = row.text("api"),
            let action = row.text("action"), let resource = row.text("resource"),
            let details = row.text("details"), let address = row.text("ip_address"),
            let success = row.integer("is_success"), (0...1).contains(success),
            let user = row.textOrNull("user_id"), let endReason = row.textOrNull("end_reason"),
            let device = row.textOrNull("device_id"), let session = row.textOrNull("session_id"),
            let organization = row.textOrNull("organization_id"),
            let previous = row.digest("previous"), let digest = row.digest("digest")
        else { return nil }
        var event = AuditEvent(action)
        event.user = user
        event.userEmail = email
        event.api = api
        event.resource = resource
        event.details = details
        event.address = address
        event.isSuccess = success == 1
        event.endReason = endReason
        event.device = device
        event.session = session
        event.organization = organization
        return AuditEntry(
            number: number, time: UTCTime(nanoseconds: time), event: event, previous: previous,
            digest: digest)
    }
}

extension AuditEntry {
    /// The same, with the texts that many entries have kept once for all of them.
    func sharing(_ known: inout Set<String>) -> AuditEntry {
        func shared(_ text: String) -> String { known.insert(text).memberAfterInsert }
        var event = event
        event.user = event.user.map(shared)
        event.userEmail = shared(event.userEmail)
        event.address = shared(event.address)
        event.device = event.device.map(shared)
        event.organization = event.organization.map(shared)
        return AuditEntry(
            number: number, time: time, event: event, previous: previous, digest: digest)
    }
}

extension StoreRow {
    /// A text or null; nil when it is anything else.
    fileprivate func textOrNull(_ name: String) -> String?? {
        switch self[name] {
        case .text(let text)?: .some(text)
        case .null?: .some(nil)
        default: nil
        }
    }

    fileprivate func digest(_ name: String) -> [UInt8]? {
        blob(name).flatMap { $0.count == SHA256.byteCount ? $0 : nil }
    }
}
