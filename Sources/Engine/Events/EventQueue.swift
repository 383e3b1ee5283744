/// The events to come: a 4-ary heap for later ones and a ring for those due at once.
///
/// Four children a node make the tree half as deep as a binary heap, which pays because comparing
/// neighbours is cheaper than another level's cache miss.
struct EventQueue {
    private var heap: ContiguousArray<Event> = []
    private var immediate: ContiguousArray<Event> = []
    private var immediateHead = 0

    var count: Int { heap.count + immediate.count - immediateHead }

    /// The earliest time at which an event in the heap is due; nil when there is none.
    var nextTime: Instant? { heap.first?.time }

    var hasImmediate: Bool { immediateHead < immediate.count }

    var immediateCount: Int { immediate.count - immediateHead }

    /// Adds an event that is due before any in the heap, after those added here earlier.
    mutating func pushImmediate(_ event: Event) {
        immediate.append(event)
    }

    mutating func push(_ event: Event) {
        heap.append(event)
        siftUp(from: heap.count - 1)
    }

    /// Removes the next event that is due at `now`; nil when none is.
    mutating func pop(dueAt now: Instant) -> Event? {
        if immediateHead < immediate.count {
            let event = immediate[immediateHead]
            immediateHead += 1
            if immediateHead == immediate.count {
                immediate.removeAll(keepingCapacity: true)
                immediateHead = 0
            }
            return event
        }
        guard let first = heap.first, first.time <= now else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty { siftDown(last) }
        return first
    }

    private mutating func siftUp(from start: Int) {
        heap.withUnsafeMutableBufferPointer { heap in
            var index = start
            let event = heap[index]
            while index > 0 {
                let parent = (index - 1) >> 2
                guard Event.precedes(event, heap[parent]) else { break }
                heap[index] = heap[parent]
                index = parent
            }
            heap[index] = event
        }
    }

    /// Puts `event` in the place of the root and restores the order.
    private mutating func siftDown(_ event: Event) {
        heap.withUnsafeMutableBufferPointer { heap in
            let count = heap.count
            var index = 0
            while true {
                let first = (index << 2) + 1
                guard first < count else { break }
                var least = first
                let end = min(first + 4, count)
                var child = first + 1
                while child < end {
                    if Event.precedes(heap[child], heap[least]) { least = child }
                    child += 1
                }
                guard Event.precedes(heap[least], event) else { break }
                heap[index] = heap[least]
                index = least
            }
            heap[index] = event
        }
    }
}
