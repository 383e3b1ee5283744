package import Engine
package import JSON
import Transport

/// Writes entries and turns as lines of JSON.
///
/// The same for a recorder and for a replay that is compared with it, so that equal payloads are
/// equal bytes.
package struct LineEncoder: Sendable {
    private let redaction: Redaction?

    /// - Parameter redaction: replaces secrets; nil writes everything as it is, for a replay, whose
    ///   secrets are pseudonyms already.
    package init(redaction: Redaction?) {
        self.redaction = redaction
    }

    package func header(_ header: RecordingHeader) -> [UInt8] {
        JSONValue.object(header.json).bytes()
    }

    package func row(_ table: String, _ row: StoreRow) -> [UInt8] {
        let row = redaction?.row(row) ?? row
        return JSONValue.object(["row": .string(table), "values": .object(row.recorded)]).bytes()
    }

    package func input(
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: any StreamPayload
    ) -> [UInt8] {
        line { input(number, event: event, at: time, payload, into: &$0) }
    }

    package func output(
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: any StreamPayload
    ) -> [UInt8] {
        line { output(number, event: event, at: time, payload, into: &$0) }
    }

    package func timer(_ owner: Any.Type, event: UInt64, at time: Instant) -> [UInt8] {
        line { timer(owner, event: event, at: time, into: &$0) }
    }

    package func note(_ entry: LogEntry, event: UInt64, at time: Instant) -> [UInt8] {
        line { note(entry, event: event, at: time, into: &$0) }
    }

    package func turn(
        _ number: UInt64, at time: Instant, events: UInt64, trace: UInt64
    ) -> [UInt8] {
        line { turn(number, at: time, events: events, trace: trace, into: &$0) }
    }

    private func line(_ write: (inout [UInt8]) -> Void) -> [UInt8] {
        var bytes: [UInt8] = []
        write(&bytes)
        return bytes
    }

    // MARK: At the end of other lines, which spares a busy recorder the copies

    func input(
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: any StreamPayload,
        into bytes: inout [UInt8]
    ) {
        write("in", number, event, time, payload, &bytes)
    }

    func output(
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: any StreamPayload,
        into bytes: inout [UInt8]
    ) {
        write("out", number, event, time, payload, &bytes)
    }

    func timer(_ owner: Any.Type, event: UInt64, at time: Instant, into bytes: inout [UInt8]) {
        var writer = JSONWriter(appendingTo: &bytes)
        defer { writer.finish(into: &bytes) }
        writer.beginObject()
        writer.key(plain: "timer")
        writer.value(String(describing: owner))
        place(event, time, &writer)
        writer.endObject()
    }

    func note(_ entry: LogEntry, event: UInt64, at time: Instant, into bytes: inout [UInt8]) {
        var writer = JSONWriter(appendingTo: &bytes)
        defer { writer.finish(into: &bytes) }
        writer.beginObject()
        writer.key("log")
        writer.value("\(entry.level)")
        place(event, time, &writer)
        writer.key("component")
        writer.value(entry.component)
        writer.key("message")
        writer.value(entry.message)
        if !entry.fields.isEmpty {
            writer.key("fields")
            writer.beginObject()
            for field in entry.fields {
                writer.key(field.name)
                writer.value(redaction?.text(field.value) ?? field.value)
            }
            writer.endObject()
        }
        writer.endObject()
    }

    /// - Parameter fields: what is marked, such as the name of a fault.
    package func mark(
        _ kind: String, event: UInt64, at time: Instant, _ fields: JSONObject
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("mark")
        writer.value(kind)
        place(event, time, &writer)
        for member in fields.members {
            writer.key(member.key)
            writer.value(member.value)
        }
        writer.endObject()
        return writer.bytes
    }

    func turn(
        _ number: UInt64, at time: Instant, events: UInt64, trace: UInt64,
        into bytes: inout [UInt8]
    ) {
        var writer = JSONWriter(appendingTo: &bytes)
        defer { writer.finish(into: &bytes) }
        writer.beginObject()
        writer.key(plain: "turn")
        writer.value(Int64(clamping: number))
        writer.key(plain: "at")
        writer.value(time.nanoseconds)
        writer.key(plain: "events")
        writer.value(Int64(clamping: events))
        writer.key(plain: "trace")
        writer.value(Hex.text(trace))
        writer.endObject()
    }

    private func write(
        _ direction: StaticString, _ number: UInt64, _ event: UInt64, _ time: Instant,
        _ payload: any StreamPayload, _ bytes: inout [UInt8]
    ) {
        var writer = PayloadWriter(redaction, appendingTo: &bytes)
        defer { writer.json.finish(into: &bytes) }
        writer.json.beginObject()
        writer.json.key(plain: direction)
        writer.json.value(Int64(clamping: number))
        place(event, time, &writer.json)
        writer.json.key(plain: "stream")
        writer.json.value(payload.stream)
        switch payload {
        // The two that come by the thousand, without looking their conformance up.
        case let payload as TransportInput: payload.write(into: &writer)
        case let payload as TransportOutput: payload.write(into: &writer)
        case let payload as any RecordedPayload: payload.write(into: &writer)
        // A payload that nobody taught to write itself could not be replayed; better loud.
        default:
            preconditionFailure("\(type(of: payload)) crosses the border and cannot be recorded")
        }
        writer.json.endObject()
    }

    private func place(_ event: UInt64, _ time: Instant, _ writer: inout JSONWriter) {
        writer.key(plain: "event")
        writer.value(Int64(clamping: event))
        writer.key(plain: "at")
        writer.value(time.nanoseconds)
    }
}
