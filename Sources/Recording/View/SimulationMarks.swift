import Engine
import JSON

/// A fault that a simulation put on the station.
struct FaultSpan: Equatable, Sendable {
    let name: String
    let from: Instant
    /// Nil when it lasts to the end of what is shown.
    var until: Instant?
}

/// What a simulation found out about something that it expects.
struct ExpectationMark: Equatable, Sendable {
    let name: String
    let at: Instant
    /// `met`, `failed` or `waiting`.
    let state: String
}

/// Collects the faults and expectations of a simulation.
struct SimulationMarks {
    private(set) var faults: [FaultSpan] = []
    private var expectations: [ExpectationMark] = []

    /// The expectations by time; they may be found out late.
    var inOrder: [ExpectationMark] {
        expectations.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    mutating func add(_ entry: RecordedEntry) {
        guard entry.kind == .mark else { return }
        let name = PlainText.printable(entry.content["name"]?.stringValue ?? "?")
        switch entry.stream {
        case "fault":
            if entry.content["phase"]?.stringValue == "ends" {
                end(name, at: entry.at)
            } else {
                faults.append(FaultSpan(name: name, from: entry.at))
            }
        case "expectation":
            let state = PlainText.printable(entry.content["state"]?.stringValue ?? "?")
            expectations.append(ExpectationMark(name: name, at: entry.at, state: state))
        default: break
        }
    }

    /// One whose beginning is not in the recording began before it.
    private mutating func end(_ name: String, at time: Instant) {
        if let index = faults.lastIndex(where: { $0.name == name && $0.until == nil }) {
            faults[index].until = time
        } else {
            faults.append(FaultSpan(name: name, from: min(.start, time), until: time))
        }
    }
}
