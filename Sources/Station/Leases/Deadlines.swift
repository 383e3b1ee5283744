import Engine

/// When held leases end by themselves, in engine time; the next one is at hand.
///
/// A deadline that is put off is noticed when the old one is reached: a heartbeat costs nothing.
struct Deadlines {
    /// What ends a lease, whichever comes first.
    struct Deadline {
        var expiry: Instant?
        var silence: Instant?
        /// What is leased.
        let device: String

        var next: Instant? { [expiry, silence].compactMap(\.self).min() }
    }

    private struct Alarm {
        let at: Instant
        let id: String

        static func < (left: Alarm, right: Alarm) -> Bool {
            (left.at, left.id) < (right.at, right.id)
        }
    }

    private var deadlines: [String: Deadline] = [:]
    /// A heap with the first on top (Williams 1964), one for each lease and perhaps one more that
    /// is out of date.
    private var alarms: [Alarm] = []

    /// When to look again; nil when nothing ends by itself.
    var next: Instant? { alarms.first?.at }

    mutating func watch(_ id: String, _ deadline: Deadline) {
        guard let next = deadline.next else { return }
        deadlines[id] = deadline
        push(Alarm(at: next, id: id))
    }

    /// Puts the end by silence off.
    mutating func heard(_ id: String, silence: Instant) {
        deadlines[id]?.silence = silence
    }

    func expiry(of id: String) -> Instant? { deadlines[id]?.expiry }

    mutating func forget(_ id: String) {
        deadlines[id] = nil
    }

    /// Takes the first lease whose deadline is reached.
    mutating func takeDue(now: Instant) -> Deadline? {
        while let alarm = alarms.first, alarm.at <= now {
            pop()
            guard let deadline = deadlines[alarm.id], let next = deadline.next else { continue }
            guard next <= now else {
                push(Alarm(at: next, id: alarm.id))
                continue
            }
            deadlines[alarm.id] = nil
            return deadline
        }
        return nil
    }

    private mutating func push(_ alarm: Alarm) {
        alarms.append(alarm)
        var child = alarms.count - 1
        while child > 0, alarms[child] < alarms[(child - 1) / 2] {
            alarms.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func pop() {
        alarms.swapAt(0, alarms.count - 1)
        alarms.removeLast()
        var parent = 0
        while true {
            var first = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < alarms.count {
                if alarms[child] < alarms[first] { first = child }
            }
            guard first != parent else { return }
            alarms.swapAt(parent, first)
            parent = first
        }
    }
}
