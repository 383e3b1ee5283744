package import Engine

/// What the core asks of the recorder: an output like any other.
package enum RecordingOrder: StreamPayload, Equatable {
    /// Begins a recording of that name, with everything since the start that is still known.
    case begin(name: String)
    case end(name: String)

    package var stream: StreamName { "recorder" }

    package func feed(into sink: inout some ByteSink) {
        switch self {
        case .begin(let name):
            sink.append(1 as UInt64)
            sink.append(name)
        case .end(let name):
            sink.append(2 as UInt64)
            sink.append(name)
        }
    }
}

extension RecordingOrder: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch self {
        case .begin(let name): writer.plain("begin", name)
        case .end(let name): writer.plain("end", name)
        }
    }
}
