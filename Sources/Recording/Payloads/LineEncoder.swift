package import Engine
package import JSON

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
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: some StreamPayload
    ) -> [UInt8] {
        line { input(number, event: event, at: time, payload, into: &$0) }
    }

    package func output(
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: some StreamPayload
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

    private func line(_ write: (inout PayloadWriter) -> Void) -> [UInt8] {
        var writer = newWriter()
        write(&writer)
        return writer.json.bytes
    }

    /// For many lines, one after the other.
    func newWriter() -> PayloadWriter {
        PayloadWriter(redaction)
    }

    // MARK: Behind other lines, which spares a busy recorder the copies

    func input(
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: some StreamPayload,
        into writer: inout PayloadWriter
    ) {
        write("in", number, event, time, payload, &writer)
    }

    func output(
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: some StreamPayload,
        into writer: inout PayloadWriter
    ) {
        write("out", number, event, time, payload, &writer)
    }

    func timer(_ owner: Any.Type, event: UInt64, at time: Instant, into writer: inout PayloadWriter)
    {
        writer.json.beginObject()
        writer.json.member("timer", String(describing: owner))
        place(event, time, &writer.json)
        writer.json.endObject()
    }

    func note(_ entry: LogEntry, event: UInt64, at time: Instant, into writer: inout PayloadWriter)
    {
        writer.json.beginObject()
        writer.json.member("log", "\(entry.level)")
        place(event, time, &writer.json)
        writer.json.member("component", entry.component)
        writer.json.member("message", entry.message)
        if !entry.fields.isEmpty {
            writer.json.key("fields")
            writer.json.beginObject()
            for field in entry.fields {
                writer.json.key(field.name)
                writer.text(field.value)
            }
            writer.json.endObject()
        }
        writer.json.endObject()
    }

    /// - Parameter fields: what is marked, such as the name of a fault.
    package func mark(
        _ kind: String, event: UInt64, at time: Instant, _ fields: JSONObject
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("mark", kind)
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
        into writer: inout PayloadWriter
    ) {
        writer.json.beginObject()
        writer.json.member("turn", Int64(clamping: number))
        writer.json.member("at", time.nanoseconds)
        writer.json.member("events", Int64(clamping: events))
        writer.json.member("trace", hex: trace)
        writer.json.endObject()
    }

    private func write(
        _ direction: StaticString, _ number: UInt64, _ event: UInt64, _ time: Instant,
        _ payload: some StreamPayload, _ writer: inout PayloadWriter
    ) {
        writer.json.beginObject()
        writer.json.member(direction, Int64(clamping: number))
        place(event, time, &writer.json)
        writer.stream(payload.stream)
        writer.payload(payload)
        writer.json.endObject()
    }

    private func place(_ event: UInt64, _ time: Instant, _ writer: inout JSONWriter) {
        writer.member("event", Int64(clamping: event))
        writer.member("at", time.nanoseconds)
    }
}
