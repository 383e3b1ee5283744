package import Engine
import JSON

/// The first difference between a recorded turn and the same turn run again.
package struct Divergence: Sendable, Equatable {
    package let turn: UInt64
    package let at: Instant
    /// The recording's line; that of the turn's end when nothing more was recorded.
    package let line: Int
    /// The engine event at which both part.
    package let event: UInt64
    /// What was recorded there; nil when there was nothing more.
    package let recorded: String?
    /// What happens now; nil when nothing more does.
    package let replayed: String?
    /// What both followed from: an input, a timer; nil when it is not known.
    package let cause: String?
}

extension Divergence {
    /// Nil when both are the same to the last bit. Log lines and marks may differ.
    package init?(recorded: RecordedTurn, replayed: TurnCollector.Turn?) {
        let then = recorded.lines.enumerated().filter { Self.counts($0.element) }
        let now = (replayed?.lines ?? []).filter(Self.counts)
        let parting = (0..<max(then.count, now.count)).first { index in
            index >= then.count || index >= now.count || then[index].element != now[index]
        }
        turn = recorded.number
        at = recorded.at
        guard let parting else {
            guard let replayed else { return nil }
            guard replayed.events != recorded.events || replayed.trace != recorded.trace
            else { return nil }
            line = recorded.firstLine + recorded.lines.count
            event = min(recorded.events, replayed.events)
            self.recorded = "\(recorded.events) events with trace \(Hex.text(recorded.trace))"
            self.replayed = "\(replayed.events) events with trace \(Hex.text(replayed.trace))"
            cause = Self.cause(in: recorded.lines[...])
            return
        }
        let old = parting < then.count ? then[parting] : nil
        let new = parting < now.count ? now[parting] : nil
        line = recorded.firstLine + (old?.offset ?? recorded.lines.count)
        let events = [old?.element, new].compactMap { $0.flatMap(Self.event) }
        event = events.min() ?? recorded.events
        self.recorded = old.map { String(decoding: $0.element, as: UTF8.self) }
        self.replayed = new.map { String(decoding: $0, as: UTF8.self) }
        cause = Self.cause(in: recorded.lines[..<(old?.offset ?? recorded.lines.count)])
    }

    private static let spoken = [#"{"log":"#, #"{"mark":"#].map { Array($0.utf8) }
    private static let causes = [#"{"in":"#, #"{"timer":"#].map { Array($0.utf8) }

    private static func counts(_ line: [UInt8]) -> Bool {
        !spoken.contains { line.starts(with: $0) }
    }

    private static func event(_ line: [UInt8]) -> UInt64? {
        (try? JSONReader.read(line))?.objectValue?["event"]?.integerValue
            .flatMap { UInt64(exactly: $0) }
    }

    /// The last thing that made the core act.
    private static func cause(in lines: ArraySlice<[UInt8]>) -> String? {
        lines.last { line in
            causes.contains { line.starts(with: $0) }
        }.map { String(decoding: $0, as: UTF8.self) }
    }
}
