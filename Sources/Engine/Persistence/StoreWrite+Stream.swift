/// A write crosses the core's border like any output: it is numbered, hashed and compared.
extension StoreWrite: StreamPayload {
    package var stream: StreamName {
        switch self {
        case .put(let table, _), .delete(let table, _): StreamName("store/" + table)
        }
    }

    package func feed(into sink: inout some ByteSink) {
        switch self {
        case .put(let table, let row):
            sink.append(1 as UInt64)
            sink.append(table)
            row.feed(into: &sink)
        case .delete(let table, let key):
            sink.append(2 as UInt64)
            sink.append(table)
            key.feed(into: &sink)
        }
    }
}

extension StoreRow {
    fileprivate func feed(into sink: inout some ByteSink) {
        for column in columns {
            sink.append(column.name)
            switch column.value {
            case .null: sink.append(0 as UInt64)
            case .integer(let value): sink.append(UInt64(bitPattern: value))
            case .real(let value): sink.append(value.bitPattern)
            case .text(let text): sink.append(text)
            case .blob(let bytes): sink.append(bytes)
            }
        }
    }
}
