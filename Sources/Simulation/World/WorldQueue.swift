import Drivers
import Engine
import Transport

/// What is to happen in the world, by time.
struct WorldQueue {
    /// A plain value, so that moving it in the heap costs no reference counting.
    private struct Entry {
        let time: Instant
        /// Orders what happens at the same instant; zero in the order of scheduling.
        let tie: UInt64
        let sequence: UInt64
        /// Where the event waits.
        let slot: Int

        static func precedes(_ one: Entry, _ other: Entry) -> Bool {
            if one.time != other.time { return one.time < other.time }
            if one.tie != other.tie { return one.tie < other.tie }
            return one.sequence < other.sequence
        }
    }

    private var heap: [Entry] = []
    private var events: [WorldEvent?] = []
    private var freeSlots: [Int] = []
    private var sequence: UInt64 = 0
    private let seed: UInt64?

    /// - Parameter seed: permutes what happens at the same instant to different things; nil keeps
    ///   the order. What happens to one connection or phone always keeps its order.
    init(seed: UInt64?) {
        self.seed = seed
    }

    var nextTime: Instant? { heap.first?.time }

    mutating func add(_ event: WorldEvent, at time: Instant) {
        sequence += 1
        var tie: UInt64 = 0
        if let seed {
            var hash = TraceHash(seed: seed)
            hash.append(event.lane)
            hash.append(UInt64(bitPattern: time.nanoseconds))
            tie = hash.value
        }
        heap.append(Entry(time: time, tie: tie, sequence: sequence, slot: keep(event)))
        var index = heap.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard Entry.precedes(heap[index], heap[parent]) else { break }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    private mutating func keep(_ event: WorldEvent) -> Int {
        guard let slot = freeSlots.popLast() else {
            events.append(event)
            return events.count - 1
        }
        events[slot] = event
        return slot
    }

    private mutating func take(_ slot: Int) -> WorldEvent? {
        defer { events[slot] = nil }
        freeSlots.append(slot)
        return events[slot]
    }

    /// Forgets events. What is left keeps its order.
    mutating func removeAll(where isForgotten: (WorldEvent) -> Bool) {
        let forgotten = heap.filter { entry in events[entry.slot].map(isForgotten) ?? true }
        let slots = Set(forgotten.map(\.slot))
        for entry in forgotten { _ = take(entry.slot) }
        // A sorted list is a heap.
        heap = heap.filter { !slots.contains($0.slot) }.sorted(by: Entry.precedes)
    }

    /// The next event that is due; nil when none is.
    mutating func pop(dueAt now: Instant) -> WorldEvent? {
        guard let first = heap.first, first.time <= now else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return take(first.slot) }
        heap[0] = last
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if Entry.precedes(heap[child], heap[least]) { least = child }
            }
            guard least != index else { return take(first.slot) }
            heap.swapAt(index, least)
            index = least
        }
    }
}

/// Something that happens in the world, outside the station.
enum WorldEvent {
    /// The receiver has a new epoch.
    case epoch
    /// Bytes, or news of a connection, reach the station.
    case hears(LinkID, LinkEvent)
    /// What the station sent reaches a device.
    case reaches(LinkID, LinkAction)
    /// What the station asks of a server reaches it.
    case calls(UInt64, WebAction)
    /// What a server said reaches the station.
    case answers(UInt64, WebEvent)
    /// A room has something to say.
    case servers
    case phone(Int, PhoneEvent)
    case fault(Int, begins: Bool)
    case work(Int)
    /// The disk has what was written.
    case flush
    case start
    /// Nobody has answered a request for too long.
    case overdue(UInt64)
    /// A watcher that lost its socket tries again.
    case watcherReturns(String)

    /// Whether it is on its way between the station and a device or a server.
    var isOfLink: Bool {
        switch self {
        case .hears, .reaches, .calls, .answers: true
        default: false
        }
    }

    /// What it happens to: a number for each thing whose events keep their order.
    var lane: UInt64 {
        switch self {
        case .epoch: 1
        case .fault: 2
        case .work: 3
        case .flush: 4
        case .start: 5
        case .overdue: 6
        case .servers: 7
        case .watcherReturns: 8
        case .hears(let link, _), .reaches(let link, _):
            1 << 32 | UInt64(truncatingIfNeeded: link.driver)
        case .calls(let line, _), .answers(let line, _): 3 << 32 | line
        case .phone(let index, _): 2 << 32 | UInt64(truncatingIfNeeded: index)
        }
    }
}

/// Something that happens to one phone.
enum PhoneEvent {
    /// It opens its socket.
    case opens
    /// It is time to say where it is.
    case reports
    /// What it sent reaches the station; the number is that of the connection.
    case reaches(UInt64, TransportInput)
    /// What the station sent reaches it.
    case hears(UInt64, PhoneHears)
    /// The station has heard nothing of a socket for too long.
    case isMissed(UInt64)
    /// It looks whether the station is still there.
    case watches(UInt64)
}

enum PhoneHears {
    case accepted
    case refused(Int)
    case frame([UInt8])
    case closed(UInt16)
}
