import Engine
import JSON
import Transport

/// A payload that can be written into a recording.
///
/// What is an input can be read back as well: see `RecordedInput`.
protocol RecordedPayload: StreamPayload {
    /// Adds the members that tell what this is, after its stream.
    func write(into writer: inout PayloadWriter)
}

/// Writes a payload's members, with secrets replaced.
struct PayloadWriter {
    var json: JSONWriter
    private let redaction: Redaction?

    init(_ redaction: Redaction?, appendingTo bytes: inout [UInt8]) {
        self.redaction = redaction
        json = JSONWriter(appendingTo: &bytes)
    }

    mutating func member(_ key: StaticString, _ value: Int) {
        json.key(plain: key)
        json.value(Int64(value))
    }

    mutating func member(_ key: StaticString, _ value: UInt64) {
        json.key(plain: key)
        json.value(Int64(clamping: value))
    }

    mutating func member(_ key: StaticString, _ value: Int64) {
        json.key(plain: key)
        json.value(value)
    }

    mutating func member(_ key: StaticString, _ value: Bool) {
        json.key(plain: key)
        json.value(value)
    }

    /// A text that no secret can be in.
    mutating func plain(_ key: StaticString, _ value: String) {
        json.key(plain: key)
        json.value(value)
    }

    mutating func member(_ key: StaticString, _ value: String) {
        json.key(plain: key)
        json.value(redaction?.text(value) ?? value)
    }

    mutating func headers(_ headers: HTTPHeaders) {
        json.key(plain: "headers")
        json.beginArray()
        for header in headers.fields {
            json.beginArray()
            json.value(header.name)
            json.value(redaction?.text(header.value) ?? header.value)
            json.endArray()
        }
        json.endArray()
    }

    /// Bytes as text where they are UTF-8, as `KEY_base64` otherwise.
    mutating func member(_ key: StaticString, _ bytes: [UInt8], mayHoldSecrets: Bool = true) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            json.key("\(key)_base64")
            return json.value(Base64.text(bytes))
        }
        json.key(plain: key)
        json.value(mayHoldSecrets ? redaction?.text(text) ?? text : text)
    }

    /// A secret draw: replaced by what its pseudonym is made of.
    mutating func entropy(_ bytes: [UInt8]) {
        json.key(plain: "entropy")
        json.value(Hex.text(redaction?.draw(bytes) ?? bytes))
    }

    mutating func row(_ key: StaticString, _ row: StoreRow) {
        json.key(plain: key)
        json.value(.object((redaction?.row(row) ?? row).recorded))
    }
}
