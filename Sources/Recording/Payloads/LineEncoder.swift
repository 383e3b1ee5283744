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
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: any StreamPayload
    ) -> [UInt8] {
        line("in", number, event, time, payload)
    }

    package func output(
        _ number: UInt64, event: UInt64, at time: Instant, _ payload: any StreamPayload
    ) -> [UInt8] {
        line("out", number, event, time, payload)
    }

    package func timer(_ owner: Any.Type, event: UInt64, at time: Instant) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("timer")
        writer.value(String(describing: owner))
        place(event, time, &writer)
        writer.endObject()
        return writer.bytes
    }

    package func note(_ entry: LogEntry, event: UInt64, at time: Instant) -> [UInt8] {
        var writer = JSONWriter()
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
        return writer.bytes
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

    package func turn(
        _ number: UInt64, at time: Instant, events: UInt64, trace: UInt64
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("turn")
        writer.value(Int64(clamping: number))
        writer.key("at")
        writer.value(time.nanoseconds)
        writer.key("events")
        writer.value(Int64(clamping: events))
        writer.key("trace")
        writer.value(Hex.text(trace))
        writer.endObject()
        return writer.bytes
    }

    private func line(
        _ direction: String, _ number: UInt64, _ event: UInt64, _ time: Instant,
        _ payload: any StreamPayload
    ) -> [UInt8] {
        var writer = PayloadWriter(redaction)
        writer.json.beginObject()
        writer.json.key(direction)
        writer.json.value(Int64(clamping: number))
        place(event, time, &writer.json)
        writer.json.key("stream")
        writer.json.value(payload.stream)
        if let payload = payload as? any RecordedPayload {
            payload.write(into: &writer)
        } else {
            // A payload that nobody taught to write itself could not be replayed; better loud.
            preconditionFailure("\(type(of: payload)) crosses the border and cannot be recorded")
        }
        writer.json.endObject()
        return writer.json.bytes
    }

    private func place(_ event: UInt64, _ time: Instant, _ writer: inout JSONWriter) {
        writer.key("event")
        writer.value(Int64(clamping: event))
        writer.key("at")
        writer.value(time.nanoseconds)
    }
}
