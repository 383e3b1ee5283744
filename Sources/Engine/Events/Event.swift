/// One thing for the core to do: call a handler with an argument at a time.
///
/// A plain value without references, so that queueing it costs no reference counting.
struct Event {
    let time: Instant
    /// Orders events of the same instant before `sequence` does; zero in arrival order.
    let tie: UInt64
    /// The number given when the event was scheduled; unique.
    let sequence: UInt64
    /// Index of the handler's slot.
    let slot: Int
    /// Tells the slot's present handler from earlier ones.
    let generation: UInt32
    let argument: UInt64

    @inline(__always)
    static func precedes(_ lhs: Event, _ rhs: Event) -> Bool {
        if lhs.time != rhs.time { return lhs.time < rhs.time }
        if lhs.tie != rhs.tie { return lhs.tie < rhs.tie }
        return lhs.sequence < rhs.sequence
    }
}
