import Engine

extension EntropyDraw: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        writer.entropy(bytes)
    }
}

extension WallClockStep: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        writer.member("utc_offset_ns", utcOffsetNanoseconds)
    }
}

extension StoreHealthReport: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        writer.plain("problem", problem ?? "")
    }
}

extension StoreWrite: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch self {
        case .put(_, let row): writer.row("put", row)
        case .delete(_, let key): writer.row("delete", key)
        }
    }
}
