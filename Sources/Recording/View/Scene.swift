package import Engine
import JSON

/// What a picture of a recording shows: its entries in lanes, ways, faults and expectations.
package struct Scene: Sendable {
    package let header: RecordingHeader
    package let entries: [TimelineEntry]
    let lanes: [Lane]
    /// For each entry the lanes that it is in.
    let lanesOfEntries: [[Int]]
    let tracks: [PositionTrack]
    let faults: [FaultSpan]
    let expectations: [ExpectationMark]
    /// From when on the wall clock was how far ahead of engine time, in nanoseconds.
    let clock: [ClockStep]
    /// Entries that the filter let through and the bound did not.
    package let leftOut: Int
    /// The time of the first of them.
    package let leftOutFrom: Instant?
    package let droppedLines: Int
    let from: Instant
    let until: Instant
    let limits: ViewLimits

    struct ClockStep: Equatable, Sendable {
        let at: Instant
        let utcOffsetNanoseconds: Int64
    }
}

extension Scene {
    /// Reads a recording to its end.
    ///
    /// Ways, faults and expectations are of all streams and kinds in the filter's time.
    package init(
        _ reader: RecordingReader, _ filter: TimelineFilter = TimelineFilter(),
        limits: ViewLimits = ViewLimits()
    ) throws(RecordingError) {
        var timeline = Timeline(reader, limits: limits)
        var collector = SceneCollector(filter, limits)
        collector.tracks.add(timeline.header)
        while let entry = try timeline.next() { collector.add(entry) }
        let order = collector.numbers.shownOrder
        var shownAt = [Int](repeating: 0, count: order.count)
        for (shown, number) in order.enumerated() { shownAt[number] = shown }
        header = timeline.header
        // Marks are written when they are known, which may be after their time.
        let places = collector.entries.indices.sorted {
            let (left, right) = (collector.entries[$0], collector.entries[$1])
            return (left.entry.at, left.position) < (right.entry.at, right.position)
        }
        entries = places.map { collector.entries[$0] }
        lanes = order.map { collector.numbers.lanes[$0] }
        lanesOfEntries = places.map { collector.lanesOfEntries[$0].map { shownAt[$0] } }
        tracks = collector.tracks.inOrder
        faults = collector.marks.faults
        expectations = collector.marks.inOrder
        clock = collector.clock
        leftOut = collector.leftOut
        leftOutFrom = collector.leftOutFrom
        droppedLines = timeline.droppedLines
        self.limits = limits
        from = entries.first?.entry.at ?? .start
        until = entries.last?.entry.at ?? .start
    }
}

/// A scene while its recording is read.
private struct SceneCollector {
    let filter: TimelineFilter
    let limits: ViewLimits
    var entries: [TimelineEntry] = []
    var lanesOfEntries: [[Int]] = []
    var numbers: LaneNumbers
    var tracks: PositionTracks
    var marks = SimulationMarks()
    var clock: [Scene.ClockStep] = []
    var leftOut = 0
    var leftOutFrom: Instant?

    init(_ filter: TimelineFilter, _ limits: ViewLimits) {
        self.filter = filter
        self.limits = limits
        numbers = LaneNumbers(most: limits.lanes)
        tracks = PositionTracks(limits: limits)
    }

    mutating func add(_ entry: TimelineEntry) {
        if let offset = entry.entry.content["utc_offset_ns"]?.integerValue {
            clock.append(Scene.ClockStep(at: entry.entry.at, utcOffsetNanoseconds: offset))
        }
        let isShown = filter.matches(entry)
        guard leftOut == 0, !isShown || entries.count < limits.entries else {
            if isShown {
                leftOut += 1
                leftOutFrom = leftOutFrom ?? entry.entry.at
            }
            return
        }
        if filter.isInTime(entry) {
            tracks.add(entry.entry)
            marks.add(entry.entry)
        }
        guard isShown else { return }
        entries.append(entry)
        lanesOfEntries.append(
            entry.entry.streams.map { stream in
                numbers.number(of: Lane(entry.entry.kind, stream: stream))
            })
    }
}
