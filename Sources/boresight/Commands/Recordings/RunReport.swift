import Engine
import JSON
import Simulation

/// What a simulated run showed, for people and for programs.
enum RunReport {
    static func text(_ result: SimulationResult, seconds: Double) -> String {
        let virtual = Double(result.virtualTime.nanoseconds) / 1e9
        var text =
            "seed \(result.seed): \(result.events) events, \(Words.seconds(virtual)) in "
            + "\(Words.seconds(seconds)), trace \(Words.trace(result.trace)), "
            + "\(Words.count(result.faults, "fault"))\n"
        for (expectation, state) in result.expectations {
            switch state {
            case .met: text += "  met     \(expectation.name)\n"
            case .open: text += "  not met \(expectation.name)\n"
            case .failed(let at, let seen):
                text += "  FAILED  \(expectation.name) at \(DifferenceText.seconds(at)): \(seen)\n"
            }
        }
        return text
    }

    /// The line before a run, so that a crash can be told from its seed.
    static func begins(_ seed: UInt64) -> JSONValue {
        ["seed": .string(String(seed)), "state": .string("begins")]
    }

    static func json(_ result: SimulationResult) -> JSONValue {
        let expectations: [JSONValue] = result.expectations.map { expectation, state in
            var json: JSONObject = ["name": .string(expectation.name)]
            switch state {
            case .met: json["state"] = .string("met")
            case .open: json["state"] = .string("not met")
            case .failed(let at, let seen):
                json["state"] = .string("failed")
                json["at_ns"] = .integer(at.nanoseconds)
                json["seen"] = .string(seen)
            }
            return .object(json)
        }
        return [
            "seed": .string(String(result.seed)), "state": .string("ended"),
            "events": .integer(Int64(clamping: result.events)),
            "virtual_ns": .integer(result.virtualTime.nanoseconds),
            "trace": .string(Words.trace(result.trace)),
            "faults": .integer(Int64(result.faults)), "expectations": .array(expectations),
        ]
    }
}
