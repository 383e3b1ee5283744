/// Takes the canonical bytes of a value: a hash, a recording.
package protocol ByteSink {
    mutating func append(_ value: UInt64)
    mutating func append(_ bytes: UnsafeRawBufferPointer)
}

extension ByteSink {
    /// A counted byte string, so that two neighbours cannot be mistaken for one.
    package mutating func append(_ bytes: [UInt8]) {
        append(UInt64(bytes.count))
        bytes.withUnsafeBytes { append($0) }
    }

    /// A counted UTF-8 string.
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            append(UInt64(utf8.count))
            append(UnsafeRawBufferPointer(utf8))
        }
    }
}
