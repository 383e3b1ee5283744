package import Engine

/// One action on its way out of the core.
package struct LinkRequest: StreamPayload, Equatable {
    package let stream: StreamName
    package let link: LinkID
    package let action: LinkAction

    package func feed(into sink: inout some ByteSink) {
        sink.append(UInt64(link.connection))
        switch action {
        case .connect(let host, let port, let timeout):
            sink.append(0 as UInt64)
            sink.append(host)
            sink.append(UInt64(port))
            sink.append(UInt64(bitPattern: timeout.nanoseconds))
        case .send(let bytes):
            sink.append(1 as UInt64)
            sink.append(bytes)
        case .close:
            sink.append(2 as UInt64)
        }
    }
}

/// One event on its way into the core.
package struct LinkReport: StreamPayload, Equatable {
    package let stream: StreamName
    package let link: LinkID
    package let event: LinkEvent

    package init(stream: StreamName, link: LinkID, event: LinkEvent) {
        self.stream = stream
        self.link = link
        self.event = event
    }

    package func feed(into sink: inout some ByteSink) {
        sink.append(UInt64(link.connection))
        switch event {
        case .connected:
            sink.append(0 as UInt64)
        case .received(let bytes):
            sink.append(1 as UInt64)
            sink.append(bytes)
        case .closed(let error):
            sink.append(2 as UInt64)
            sink.append(error.canonicalCode)
        }
    }
}

extension LinkError {
    /// A number of its own for each error, stable across versions.
    fileprivate var canonicalCode: UInt64 {
        switch self {
        case .refused: 1
        case .unresolvable: 2
        case .timedOut: 3
        case .reset: 4
        case .ended: 5
        case .cancelled: 6
        case .notReading: 7
        case .other(let code): 1 << 32 | UInt64(UInt32(bitPattern: code))
        }
    }
}
