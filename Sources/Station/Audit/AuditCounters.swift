import Engine

/// Counts equal events, so that they cannot push the history out by their number.
///
/// The first ones of a kind within a window stand for themselves; of the rest there is one entry
/// when the window is over, which says how many they were. What strangers cause draws on an
/// allowance besides, whatever their addresses are; without it everything is counted.
struct AuditCounters {
    fileprivate struct Kind: Hashable {
        var user: String?
        var address = ""
        var api = ""
        var action = ""
        var resource = ""
        var isSuccess = true
    }

    private struct Counter {
        let pace: AuditPace
        /// One of the kind, without what only that one was.
        let event: AuditEvent
        var kept = 0
        var counted = 0
        var ends: Instant
    }

    private let limits: AuditLimits
    private var counters: [Kind: Counter] = [:]
    /// By the ends of their windows.
    private var order: [Kind] = []
    private var allowance: Double
    private var filledAt: Instant?

    init(limits: AuditLimits) {
        self.limits = limits
        allowance = Double(limits.strangersEntries)
    }

    /// When something that was counted is to be told; nil when nothing was.
    private(set) var due: Instant?

    /// Whether an event stands for itself; if not it was counted.
    mutating func admit(_ event: AuditEvent, _ pace: AuditPace, now: Instant) -> Bool {
        guard let most = most(of: pace), let kind = room(for: Kind(event), pace, now: now) else {
            return true
        }
        var counter =
            counters[kind]
            ?? Counter(pace: pace, event: event.ofItsKind(kind == Kind()), ends: now)
        if counter.ends <= now, counter.counted == 0 {
            order.removeAll { $0 == kind }
            order.append(kind)
            counter.kept = 0
            counter.ends = now.advanced(by: limits.window)
        }
        let isKept = counter.kept < most && kind != Kind() && mayCause(pace, now)
        if isKept {
            counter.kept += 1
        } else {
            counter.counted += 1
            due = min(due ?? counter.ends, counter.ends)
        }
        counters[kind] = counter
        return isKept
    }

    /// What was counted in windows that are over.
    mutating func takeDue(now: Instant) -> [AuditEvent] {
        var told: [AuditEvent] = []
        while let kind = order.first, var counter = counters[kind], counter.ends <= now {
            order.removeFirst()
            if counter.counted > 0, !mayCause(counter.pace, now) {
                counter.ends = now.advanced(by: limits.window)
                counters[kind] = counter
                order.append(kind)
                continue
            }
            counters[kind] = nil
            if counter.counted > 0 { told.append(counter.event.counted(counter.counted)) }
        }
        due = order.lazy.compactMap { [counters] in counters[$0] }
            .first { $0.counted > 0 }.map(\.ends)
        return told
    }

    private func most(of pace: AuditPace) -> Int? {
        switch pace {
        case .each: nil
        case .change: limits.equalChanges
        case .movement: limits.equalMovements
        case .refusal, .stranger: limits.equalRefusals
        }
    }

    /// The kind under which an event is counted: its own while there is room, else that of
    /// everything else; nil for what must not vanish in such a crowd.
    private mutating func room(for kind: Kind, _ pace: AuditPace, now: Instant) -> Kind? {
        if counters[kind] != nil || counters.count < limits.counters { return kind }
        // The oldest that have nothing to tell make room.
        while let oldest = order.first, let counter = counters[oldest], counter.ends <= now,
            counter.counted == 0
        {
            order.removeFirst()
            counters[oldest] = nil
        }
        if counters.count < limits.counters { return kind }
        return pace == .refusal || pace == .stranger ? Kind() : nil
    }

    /// Takes from the allowance, if the pace has one.
    private mutating func mayCause(_ pace: AuditPace, _ now: Instant) -> Bool {
        guard pace == .stranger else { return true }
        let most = Double(limits.strangersEntries)
        let rested = filledAt.map { Double($0.duration(to: now).nanoseconds) / 3.6e12 } ?? 0
        allowance = min(most, allowance + rested * most)
        filledAt = now
        guard allowance >= 1 else { return false }
        allowance -= 1
        return true
    }
}

extension AuditCounters.Kind {
    fileprivate init(_ event: AuditEvent) {
        self.init(
            user: event.user, address: event.address, api: event.api, action: event.action,
            resource: event.resource, isSuccess: event.isSuccess)
    }
}

extension AuditEvent {
    /// What all of its kind have in common.
    fileprivate func ofItsKind(_ isOfMany: Bool) -> AuditEvent {
        guard !isOfMany else {
            var event = AuditEvent("other_refusals")
            event.isSuccess = false
            return event
        }
        var event = self
        event.details = ""
        return event
    }

    fileprivate func counted(_ count: Int) -> AuditEvent {
        var event = self
        event.details = "and \(count) more"
        return event
    }
}
