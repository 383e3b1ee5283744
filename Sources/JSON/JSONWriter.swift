/// Writes JSON text without a tree between: for what is written often.
///
/// The caller keeps the order: `begin`, `key` and `value` pairs, `end`. It owns its memory, because
/// an array asks before every byte whether somebody else has it too.
package struct JSONWriter: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// Bytes written so far.
    package private(set) var count = 0
    private var needsComma = false

    /// Enough for most answers and lines, so that few grow.
    private static let firstCapacity = 512

    package init() {
        capacity = Self.firstCapacity
        start = .allocate(capacity: capacity)
    }

    deinit {
        start.deallocate()
    }

    /// A copy of what was written.
    package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    /// What was written, without a copy.
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: start, count: count))
    }

    /// Forgets what was written and keeps the room.
    package mutating func removeAll() {
        count = 0
        needsComma = false
    }

    /// Ends one of several texts that stand on lines of their own.
    package mutating func endLine() {
        element(atMost: 1, isSeparated: false) { $0.put(UInt8(ascii: "\n")) }
        needsComma = false
    }

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    package mutating func key(_ key: String) {
        value(key)
        element(atMost: 1, isSeparated: false) { $0.put(UInt8(ascii: ":")) }
        needsComma = false
    }

    /// A key that needs no escape, such as every key of our own.
    package mutating func key(plain key: StaticString) {
        element(atMost: key.utf8CodeUnitCount + 3) { $0.put(key: key) }
        needsComma = false
    }

    /// A key that needs no escape, and its value.
    package mutating func member(_ key: StaticString, _ value: Int64) {
        element(atMost: key.utf8CodeUnitCount + longestNumber + 4) { end in
            end.put(key: key)
            end.put(value)
        }
    }

    package mutating func member(_ key: StaticString, _ value: String) {
        Self.withUTF8(of: value) { text in
            let escapes = JSONEscapes(in: text)
            element(atMost: key.utf8CodeUnitCount + text.count + escapes.bytes + 5) { end in
                end.put(key: key)
                end.put(text, escapes)
            }
        }
    }

    /// `WORD/NUMBER` as a text.
    package mutating func member(_ key: StaticString, _ word: String, _ number: UInt64) {
        Self.withUTF8(of: word) { word in
            let room = key.utf8CodeUnitCount + word.count * JSONEscapes.longest + longestNumber
            element(atMost: room + 6) { end in
                end.put(key: key)
                end.put(UInt8(ascii: "\""))
                for byte in word { JSONEscapes.put(byte, at: &end) }
                end.put(UInt8(ascii: "/"))
                end.put(digitsOf: number)
                end.put(UInt8(ascii: "\""))
            }
        }
    }

    /// Sixteen hexadecimal digits as a text.
    package mutating func member(_ key: StaticString, hex number: UInt64) {
        element(atMost: key.utf8CodeUnitCount + 21) { end in
            end.put(key: key)
            end.put(UInt8(ascii: "\""))
            for shift in stride(from: 60, through: 0, by: -4) {
                end.put(hex: UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 15)
            }
            end.put(UInt8(ascii: "\""))
        }
    }

    package mutating func value(_ value: String) {
        Self.withUTF8(of: value) { self.value(text: $0) }
    }

    /// A text that is known to be UTF-8, without a `String` made of it.
    package mutating func value(utf8 text: [UInt8]) {
        text.withUnsafeBufferPointer { value(text: $0) }
    }

    package mutating func value(_ value: Int64) {
        element(atMost: longestNumber + 1) { $0.put(value) }
    }

    /// The shortest text that reads back as the same number; null for what JSON has no number for.
    package mutating func value(_ value: Double) {
        guard value.isFinite else { return null() }
        let text = value.description
        plain(text.hasSuffix(".0") ? text.dropLast(2) : text[...])
    }

    package mutating func value(_ value: Bool) {
        plain(value ? "true" : "false")
    }

    package mutating func null() {
        plain("null")
    }

    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): self.value(value)
        case .integer(let value): self.value(value)
        case .number(let value): self.value(value)
        case .string(let value): self.value(value)
        case .array(let values):
            beginArray()
            for value in values { self.value(value) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                key(member.key)
                self.value(member.value)
            }
            endObject()
        }
    }

    @inline(__always)
    private mutating func open(_ bracket: UInt8) {
        element(atMost: 1) { $0.put(bracket) }
        needsComma = false
    }

    @inline(__always)
    private mutating func close(_ bracket: UInt8) {
        element(atMost: 1, isSeparated: false) { $0.put(bracket) }
        needsComma = true
    }

    /// A number or a word, as it is.
    private mutating func plain(_ text: Substring) {
        let text = Array(text.utf8)
        text.withUnsafeBufferPointer { text in
            element(atMost: text.count) { end in
                if let start = text.baseAddress { end.put(start, text.count) }
            }
        }
    }

    private mutating func value(text: UnsafeBufferPointer<UInt8>) {
        let escapes = JSONEscapes(in: text)
        element(atMost: text.count + escapes.bytes + 2) { $0.put(text, escapes) }
    }

    @inline(__always)
    private static func withUTF8(
        of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        let read: Void? = text.utf8.withContiguousStorageIfAvailable(body)
        // Does not happen on Linux, where every string is UTF-8 in one piece.
        if read == nil { Array(text.utf8).withUnsafeBufferPointer(body) }
    }

    /// Adds a key or a value, after a comma where one is due.
    @inline(__always)
    private mutating func element(
        atMost count: Int, _ write: (inout UnsafeMutablePointer<UInt8>) -> Void
    ) {
        element(atMost: count, isSeparated: needsComma, write)
        needsComma = true
    }

    /// Makes room once for all that `write` puts there and moves behind. Inlined, or a line of a
    /// recording would be forty calls.
    @inline(__always)
    private mutating func element(
        atMost count: Int, isSeparated: Bool,
        _ write: (inout UnsafeMutablePointer<UInt8>) -> Void
    ) {
        if capacity - self.count < count + 1 { grow(by: count + 1) }
        var end = start + self.count
        if isSeparated { end.put(UInt8(ascii: ",")) }
        write(&end)
        self.count = end - start
    }

    @inline(never)
    private mutating func grow(by bytes: Int) {
        capacity = max(capacity * 2, capacity + bytes)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }
}

extension JSONValue {
    /// The value as compact UTF-8 text, members in their order.
    package func bytes() -> [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    package var text: String { String(decoding: bytes(), as: UTF8.self) }
}
