import Engine
import JSON

// What the page's script reads; Page/model.js has the other side.
extension TracePage {
    /// What the page's script reads, by itself: for a page that asks the station for it.
    package static func data(_ scene: Scene, name: String) -> [UInt8] {
        JSONValue.object(content(scene, name)).bytes()
    }

    static func content(_ scene: Scene, _ name: String) -> JSONObject {
        let groups = Lane.Group.allCases.map { JSONValue.string($0.title) }
        return [
            "name": .string(PlainText.printable(name)),
            "program": .string(PlainText.printable(scene.header.program)),
            "pace": .string(scene.header.pace.rawValue),
            "seed": .string(Hex.text(scene.header.seed)),
            "started": .string(scene.header.utc.text(.microseconds)),
            "from_start": .bool(scene.header.isFromStart),
            "from": .integer(scene.from.nanoseconds), "until": .integer(scene.until.nanoseconds),
            "left_out": .integer(Int64(scene.leftOut)),
            "left_out_from": scene.leftOutFrom.map { .integer($0.nanoseconds) } ?? .null,
            "dropped_lines": .integer(Int64(scene.droppedLines)),
            "clock": .array(clock(scene)), "groups": .array(groups),
            "lanes": .array(
                scene.lanes.map { lane in
                    .array([
                        .integer(Int64(lane.group.rawValue)),
                        .string(PlainText.printable(lane.name)),
                    ])
                }),
            "entries": .array(entries(scene)), "tracks": .array(scene.tracks.map(track)),
            "faults": .array(
                scene.faults.map { fault in
                    [
                        "name": .string(fault.name), "from": .integer(fault.from.nanoseconds),
                        "until": fault.until.map { .integer($0.nanoseconds) } ?? .null,
                    ]
                }),
            "expectations": .array(
                scene.expectations.map { mark in
                    [
                        "name": .string(mark.name), "at": .integer(mark.at.nanoseconds),
                        "state": .string(mark.state),
                    ]
                }),
        ]
    }

    /// `[from, milliseconds of UTC at engine time 0]`
    private static func clock(_ scene: Scene) -> [JSONValue] {
        let start = Scene.ClockStep(
            at: Instant(nanoseconds: .min), utcOffsetNanoseconds: scene.header.utc.nanoseconds)
        return ([start] + scene.clock).map { step in
            .array([
                .integer(max(step.at.nanoseconds, -(1 << 53))),
                .integer(step.utcOffsetNanoseconds / 1_000_000),
            ])
        }
    }

    /// `[at, kind, lanes, event, turn, line, cause, level, summary, content]`; the cause is an
    /// index among these, below 0 (`-2 - index`) when it is not of the same event, -1 when there
    /// is none.
    private static func entries(_ scene: Scene) -> [JSONValue] {
        var indices: [Int: Int] = [:]
        for (index, entry) in scene.entries.enumerated() { indices[entry.position] = index }
        return zip(scene.entries, scene.lanesOfEntries).map { entry, lanes in
            let kind = RecordedEntry.Kind.allCases.firstIndex(of: entry.entry.kind) ?? 0
            var cause = -1
            if let found = entry.cause, let index = indices[found.position] {
                cause = found.isOfSameEvent ? index : -2 - index
            }
            let content = PlainText.cut(
                JSONValue.object(entry.entry.content).text, to: scene.limits.detailCharacters)
            return .array([
                .integer(entry.entry.at.nanoseconds), .integer(Int64(kind)),
                .array(lanes.map { .integer(Int64($0)) }), .integer(entry.entry.event),
                .integer(Int64(clamping: entry.turn)), .integer(Int64(entry.line)),
                .integer(Int64(cause)), .string(level(entry.entry)), .string(entry.summary),
                .string(content),
            ])
        }
    }

    private static func level(_ entry: RecordedEntry) -> String {
        entry.kind == .log ? entry.content["log"]?.stringValue ?? "" : ""
    }

    /// Points are `[at, azimuth, elevation]` or `[at, latitude, longitude, altitude]`.
    private static func track(_ track: PositionTrack) -> JSONValue {
        let points = track.points.map { point -> JSONValue in
            var numbers: [JSONValue] = [
                .integer(point.at.nanoseconds), .number(point.first), .number(point.second),
            ]
            if let altitude = point.altitudeMetres { numbers.append(.number(altitude)) }
            return .array(numbers)
        }
        return [
            "role": .string(track.role.rawValue), "name": .string(track.name),
            "points": .array(points),
        ]
    }
}
