/// Secret bytes as an input. A recording replaces them by a stable pseudonym.
package struct EntropyDraw: StreamPayload {
    package let bytes: [UInt8]

    package var stream: StreamName { "entropy" }

    package func feed(into sink: inout some ByteSink) {
        sink.append(bytes)
    }
}
