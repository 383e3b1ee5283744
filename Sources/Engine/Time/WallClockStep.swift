/// The wall clock was set, as an input.
package struct WallClockStep: StreamPayload {
    /// UTC minus engine time from now on.
    package let utcOffsetNanoseconds: Int64

    package init(utcOffsetNanoseconds: Int64) {
        self.utcOffsetNanoseconds = utcOffsetNanoseconds
    }

    package var stream: StreamName { "clock" }

    package func feed(into sink: inout some ByteSink) {
        sink.append(UInt64(bitPattern: utcOffsetNanoseconds))
    }
}
