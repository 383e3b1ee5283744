import JSON
import Simulation

/// What became of one file of an import.
struct ImportOutcome: Sendable {
    /// What an import keeps of a fixture that is on the disk.
    struct Made: Sendable {
        let kind: LogKind
        let items: Int
        let unused: Int
        let fixes: Int
        let events: UInt64
        let virtualTime: Duration
        let path: String

        init(_ fixture: ImportedFixture, _ path: String) {
            kind = fixture.kind
            items = fixture.items
            unused = fixture.unused
            fixes = fixture.fixes
            events = fixture.events
            virtualTime = fixture.virtualTime
            self.path = path
        }
    }

    let path: String
    let wallTime: Duration
    let result: Result<Made, ImportProblem>

    var isSuccess: Bool {
        if case .success = result { true } else { false }
    }

    var virtualTime: Duration {
        if case .success(let made) = result { made.virtualTime } else { .zero }
    }
}

extension ImportOutcome {
    static let header = ["file", "kind", "items", "unused", "fixes", "virtual", "wall", "result"]

    var row: [String] {
        let wall = Self.text(wallTime, decimals: 2)
        switch result {
        case .success(let made):
            return [
                Words.printable(path), made.kind.rawValue, String(made.items),
                String(made.unused), String(made.fixes),
                Self.text(made.virtualTime, decimals: 1), wall, Words.printable(made.path),
            ]
        case .failure:
            return [Words.printable(path), "-", "-", "-", "-", "-", wall, "failed"]
        }
    }

    var json: JSONObject {
        var json: JSONObject = ["file": .string(path), "wall_seconds": .number(wallTime.seconds)]
        switch result {
        case .success(let made):
            json["kind"] = .string(made.kind.rawValue)
            json["items"] = .integer(Int64(made.items))
            json["unused"] = .integer(Int64(made.unused))
            json["fixes"] = .integer(Int64(made.fixes))
            json["virtual_seconds"] = .number(made.virtualTime.seconds)
            json["events"] = .integer(Int64(clamping: made.events))
            json["fixture"] = .string(made.path)
        case .failure(let problem): json["problem"] = .string(problem.description)
        }
        return json
    }

    /// Seconds with so many decimals, cut.
    static func text(_ duration: Duration, decimals: Int) -> String {
        let scale: Int64 = decimals == 1 ? 10 : 100
        let parts = duration.components
        let fraction = parts.attoseconds / (1_000_000_000_000_000_000 / scale)
        let digits = String(fraction)
        let zeros = String(repeating: "0", count: max(0, decimals - digits.count))
        return "\(parts.seconds).\(zeros)\(digits) s"
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
