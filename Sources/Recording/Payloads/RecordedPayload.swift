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
struct PayloadWriter: ~Copyable {
    var json = JSONWriter()
    private let redaction: Redaction?

    init(_ redaction: Redaction?) {
        self.redaction = redaction
    }

    mutating func stream(_ name: StreamName) {
        guard let number = name.number else { return json.member("stream", name.word) }
        json.member("stream", name.word, number)
    }

    /// Adds the members of any payload.
    ///
    /// Specialized for the two that come by the thousand, which then need no search for their
    /// conformance and no copy.
    @specialized(where Payload == TransportInput)
    @specialized(where Payload == TransportOutput)
    mutating func payload<Payload: StreamPayload>(_ payload: Payload) {
        // A payload that nobody taught to write itself could not be replayed; better loud.
        guard let payload = payload as? any RecordedPayload else {
            preconditionFailure("\(Payload.self) crosses the border and cannot be recorded")
        }
        payload.write(into: &self)
    }

    mutating func member(_ key: StaticString, _ value: Int) {
        json.member(key, Int64(value))
    }

    mutating func member(_ key: StaticString, _ value: UInt64) {
        json.member(key, Int64(clamping: value))
    }

    mutating func member(_ key: StaticString, _ value: Int64) {
        json.member(key, value)
    }

    mutating func member(_ key: StaticString, _ value: Bool) {
        json.key(plain: key)
        json.value(value)
    }

    /// A text that no secret can be in.
    mutating func plain(_ key: StaticString, _ value: String) {
        json.member(key, value)
    }

    mutating func member(_ key: StaticString, _ value: String) {
        json.member(key, redaction?.text(value) ?? value)
    }

    mutating func text(_ value: String) {
        json.value(redaction?.text(value) ?? value)
    }

    mutating func texts(_ key: StaticString, _ values: [String]) {
        json.key(plain: key)
        json.beginArray()
        for value in values { text(value) }
        json.endArray()
    }

    mutating func headers(_ headers: HTTPHeaders) {
        json.key(plain: "headers")
        json.beginArray()
        for header in headers.fields {
            json.beginArray()
            json.value(header.name)
            json.value(redaction?.header(header.name, header.value) ?? header.value)
            json.endArray()
        }
        json.endArray()
    }

    /// Bytes as text where they are UTF-8, as `KEY_base64` otherwise.
    mutating func member(_ key: StaticString, _ bytes: [UInt8], mayHoldSecrets: Bool = true) {
        guard (try? UTF8Span(validating: bytes.span)) != nil else {
            json.key("\(key)_base64")
            return json.value(Base64.text(bytes))
        }
        json.key(plain: key)
        json.value(utf8: mayHoldSecrets ? redaction?.text(bytes) ?? bytes : bytes)
    }

    /// A request's body: it may hold passwords besides tokens.
    mutating func requestBody(_ bytes: [UInt8], to path: String = "") {
        member("body", redaction?.body(bytes, to: path) ?? bytes, mayHoldSecrets: false)
    }

    /// A request's query, for the same reason.
    mutating func query(_ text: String, to path: String) {
        json.member("query", redaction?.query(text, to: path) ?? text)
    }

    /// A JSON answer's body: it may tell somebody a new second factor.
    mutating func responseBody(_ bytes: [UInt8]) {
        guard FactorAnswerBody.mayBe(bytes) else { return member("body", bytes) }
        member("body", FactorAnswerBody.written(bytes, redaction), mayHoldSecrets: false)
    }

    mutating func secret(_ key: StaticString, _ value: String) {
        json.member(key, redaction?.password(value) ?? value)
    }

    mutating func secrets(_ key: StaticString, _ values: [String]) {
        json.key(plain: key)
        json.beginArray()
        for value in values { json.value(redaction?.password(value) ?? value) }
        json.endArray()
    }

    mutating func passwordHash(_ key: StaticString, _ hash: String) {
        json.member(key, redaction == nil ? hash : Redaction.passwordHash)
    }

    /// A secret draw: replaced by what its pseudonym is made of.
    mutating func entropy(_ bytes: [UInt8]) {
        json.member("entropy", Hex.text(redaction?.draw(bytes) ?? bytes))
    }

    mutating func row(_ key: StaticString, _ row: StoreRow) {
        json.key(plain: key)
        json.value(.object((redaction?.row(row) ?? row).recorded))
    }
}
