import JSON
import Simulation

/// What became of one file of an import.
struct ImportOutcome {
    let path: String
    let wallTime: Duration
    let result: Result<(fixture: ImportedFixture, writtenTo: String), ImportProblem>

    var isSuccess: Bool {
        if case .success = result { true } else { false }
    }

    var virtualTime: Duration {
        if case .success(let made) = result { made.fixture.virtualTime } else { .zero }
    }
}

extension ImportOutcome {
    static let header = ["file", "kind", "items", "unused", "fixes", "virtual", "wall", "result"]

    var row: [String] {
        let wall = Self.text(wallTime, decimals: 2)
        switch result {
        case .success(let (fixture, path)):
            return [
                Words.printable(self.path), fixture.kind.rawValue, String(fixture.items),
                String(fixture.unused), String(fixture.fixes),
                Self.text(fixture.virtualTime, decimals: 1), wall, Words.printable(path),
            ]
        case .failure(let problem):
            return [
                Words.printable(path), "-", "-", "-", "-", "-", wall,
                "failed: " + problem.description,
            ]
        }
    }

    var json: JSONObject {
        var json: JSONObject = ["file": .string(path), "wall_seconds": .number(wallTime.seconds)]
        switch result {
        case .success(let (fixture, path)):
            json["kind"] = .string(fixture.kind.rawValue)
            json["items"] = .integer(Int64(fixture.items))
            json["unused"] = .integer(Int64(fixture.unused))
            json["fixes"] = .integer(Int64(fixture.fixes))
            json["virtual_seconds"] = .number(fixture.virtualTime.seconds)
            json["events"] = .integer(Int64(clamping: fixture.events))
            json["fixture"] = .string(path)
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
