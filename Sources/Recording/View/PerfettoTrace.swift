import Engine
import JSON

/// A recording for Perfetto and chrome://tracing.
///
/// Source: "Trace Event Format", the JSON that both read. Arrows join slices only, so messages and
/// timers are slices of a microsecond; what was said and marked is an instant.
package struct PerfettoTrace: ~Copyable {
    /// Engine time stands still during a turn, so its entries are drawn this far apart, in their
    /// order; `at_ns` among the arguments is the true time.
    static let spacingNanoseconds: Int64 = 1000

    private let scene: Scene
    private var writer = JSONWriter()
    private var lastShown = Int64.min
    private var lastFlow: Int64 = 0
    /// Where and when the entries are shown that others may follow from, by their position.
    private var shown: [Int: (lane: Int, time: Int64)] = [:]
    private var turn: (number: UInt64, from: Int64, until: Int64, entries: Int)?

    package static func json(_ scene: Scene) -> [UInt8] {
        var trace = PerfettoTrace(scene)
        trace.write()
        return trace.writer.bytes
    }

    private init(_ scene: Scene) {
        self.scene = scene
    }

    private mutating func write() {
        writer.beginObject()
        writer.key("displayTimeUnit")
        writer.value("ms")
        writer.key("otherData")
        writer.value(
            .object([
                "program": .string(scene.header.program),
                "started": .string(scene.header.utc.text(.microseconds)),
                "pace": .string(scene.header.pace.rawValue),
                "seed": .string(Hex.text(scene.header.seed)),
                "entries_left_out": .integer(Int64(scene.leftOut)),
                "lines_dropped": .integer(Int64(scene.droppedLines)),
            ]))
        writer.key("traceEvents")
        writer.beginArray()
        nameTracks()
        for (entry, lanes) in zip(scene.entries, scene.lanesOfEntries) { add(entry, lanes) }
        endTurn()
        addFaults()
        addCounters()
        writer.endArray()
        writer.endObject()
    }

    // MARK: Tracks

    private static func process(_ group: Lane.Group) -> Int64 { Int64(group.rawValue) + 1 }
    private static func thread(_ lane: Int) -> Int64 { Int64(lane) + 1 }
    private var turnThread: Int64 { Int64(scene.lanes.count) + 1 }

    private mutating func nameTracks() {
        for group in Lane.Group.allCases {
            let process = Self.process(group)
            name("process_name", group.title, process, nil)
            meta("process_sort_index", process, nil, ["sort_index": .integer(process)])
        }
        for (index, lane) in scene.lanes.enumerated() {
            nameThread(lane.name, Self.process(lane.group), Self.thread(index))
        }
        nameThread("turns", Self.process(.core), turnThread)
        for (index, fault) in faultNames.enumerated() {
            nameThread("fault: " + fault, Self.process(.marks), turnThread + 1 + Int64(index))
        }
    }

    private mutating func nameThread(_ name: String, _ process: Int64, _ thread: Int64) {
        self.name("thread_name", name, process, thread)
        meta("thread_sort_index", process, thread, ["sort_index": .integer(thread)])
    }

    private mutating func name(_ kind: String, _ name: String, _ process: Int64, _ thread: Int64?) {
        meta(kind, process, thread, ["name": .string(PlainText.printable(name))])
    }

    private mutating func meta(
        _ kind: String, _ process: Int64, _ thread: Int64?, _ arguments: JSONObject
    ) {
        event("M", kind, "__metadata", at: 0, process, thread, ["args": .object(arguments)])
    }

    // MARK: Entries

    private mutating func add(_ entry: TimelineEntry, _ lanes: [Int]) {
        let at = entry.entry.at.nanoseconds
        let earliest = lastShown == .min ? at : lastShown &+ Self.spacingNanoseconds
        let time = max(at, earliest)
        lastShown = time
        // Marks stand outside of turns.
        if entry.entry.kind != .mark {
            if turn?.number != entry.turn {
                endTurn()
                turn = (entry.turn, time, time, 0)
            }
            turn?.until = time
            turn?.entries += 1
        }
        for lane in lanes where scene.lanes.indices.contains(lane) {
            addMessage(entry, lane, time)
        }
    }

    private mutating func addMessage(_ entry: TimelineEntry, _ lane: Int, _ time: Int64) {
        let process = Self.process(scene.lanes[lane].group)
        let thread = Self.thread(lane)
        let arguments: JSONValue = [
            "stream": .string(entry.entry.stream), "event": .integer(entry.entry.event),
            "turn": .integer(Int64(clamping: entry.turn)), "line": .integer(Int64(entry.line)),
            "at_ns": .integer(entry.entry.at.nanoseconds),
            "utc": .string(entry.utc.text(.microseconds)),
            "content": .string(
                PlainText.cut(
                    JSONValue.object(entry.entry.content).text, to: scene.limits.detailCharacters)),
        ]
        let kind = entry.entry.kind
        guard kind == .input || kind == .output || kind == .timer else {
            return event(
                "i", entry.summary, kind.rawValue, at: time, process, thread,
                ["s": .string("t"), "args": arguments])
        }
        event(
            "X", kind == .timer ? entry.entry.stream : entry.summary, kind.rawValue, at: time,
            process, thread, ["dur": Self.microseconds(Self.spacingNanoseconds), "args": arguments])
        if kind != .output { shown[entry.position] = (lane, time) }
        guard let cause = entry.cause, let start = shown[cause.position] else { return }
        lastFlow += 1
        let name = cause.isOfSameEvent ? "causes" : "precedes"
        let id = JSONValue.integer(lastFlow)
        let startProcess = Self.process(scene.lanes[start.lane].group)
        event(
            "s", name, "cause", at: start.time, startProcess, Self.thread(start.lane), ["id": id])
        event("f", name, "cause", at: time, process, thread, ["id": id, "bp": .string("e")])
    }

    private mutating func endTurn() {
        guard let ended = turn else { return }
        turn = nil
        event(
            "X", "turn \(ended.number)", "turn", at: ended.from, Self.process(.core), turnThread,
            [
                "dur": Self.microseconds(ended.until &- ended.from &+ Self.spacingNanoseconds),
                "args": ["entries": .integer(Int64(ended.entries))],
            ])
    }

    // MARK: Faults and positions

    private var faultNames: [String] {
        scene.faults.reduce(into: []) { names, fault in
            if !names.contains(fault.name) { names.append(fault.name) }
        }
    }

    private mutating func addFaults() {
        let names = faultNames
        for fault in scene.faults {
            guard let index = names.firstIndex(of: fault.name) else { continue }
            let until = fault.until ?? scene.until
            event(
                "X", fault.name, "fault", at: fault.from.nanoseconds, Self.process(.marks),
                turnThread + 1 + Int64(index),
                [
                    "dur": Self.microseconds(fault.from.duration(to: until).nanoseconds),
                    "args": ["ended": .bool(fault.until != nil)],
                ])
        }
    }

    private mutating func addCounters() {
        for track in scene.tracks where track.role.isDirection {
            for point in track.points {
                event(
                    "C", "\(track.role.rawValue) \(track.name)", "position",
                    at: point.at.nanoseconds, Self.process(.devices), nil,
                    [
                        "args": [
                            "azimuth": .number(point.first), "elevation": .number(point.second),
                        ]
                    ])
            }
        }
    }

    // MARK: Writing

    private static func microseconds(_ nanoseconds: Int64) -> JSONValue {
        .number(Double(nanoseconds) / 1000)
    }

    private mutating func event(
        _ phase: String, _ name: String, _ category: String, at time: Int64, _ process: Int64,
        _ thread: Int64?, _ more: JSONObject
    ) {
        var json: JSONObject = [
            "ph": .string(phase), "name": .string(name), "cat": .string(category),
            "ts": Self.microseconds(time), "pid": .integer(process),
        ]
        if let thread { json["tid"] = .integer(thread) }
        for member in more.members { json[member.key] = member.value }
        writer.value(.object(json))
    }
}
