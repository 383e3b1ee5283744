package import Engine
package import JSON

/// One finding of a comparison.
package struct OutputDifference: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// Recorded, and today it does not come.
        case missing
        /// Comes today, and was not recorded.
        case extra
        /// Comes, and says something else.
        case changed
        /// Says the same, at another time.
        case moved
    }

    package let kind: Kind
    package let stream: String
    package let expected: RecordedOutput?
    package let actual: RecordedOutput?
    /// The places that differ, for `changed`; what the nearest candidate has wrong, for `missing`.
    package let values: [ValueDifference]

    /// When it shows first.
    package var at: Instant { expected?.at ?? actual?.at ?? .start }
}

extension OutputDifference {
    package var json: JSONObject {
        var json: JSONObject = [
            "kind": .string(kind.rawValue), "stream": .string(stream),
            "at_ns": .integer(at.nanoseconds),
            "event": .integer(expected?.event ?? actual?.event ?? 0),
        ]
        if let expected {
            json["expected"] = expected.content
            json["expected_at_ns"] = .integer(expected.at.nanoseconds)
        }
        if let actual {
            json["actual"] = actual.content
            json["actual_at_ns"] = .integer(actual.at.nanoseconds)
        }
        if !values.isEmpty {
            json["differences"] = .array(
                values.map { value in
                    [
                        "path": .string(value.path), "expected": value.expected ?? .null,
                        "actual": value.actual ?? .null,
                        "reason": value.reason.map { .string($0) } ?? .null,
                    ]
                })
        }
        return json
    }
}
