import Drivers
import Engine
import JSON

/// Typed access to the members of one object of a scenario file; every key has to be known.
struct ScenarioFields {
    private let node: JSON5Node
    private let path: String
    private let members: [JSON5Node.Member]

    /// - Parameters:
    ///   - path: how messages name the object.
    ///   - known: every key that it may have.
    init(_ node: JSON5Node, _ path: String, known: [String]) throws(ScenarioError) {
        guard case .object(let members) = node.content else {
            throw ScenarioError(node.place, "\(path) must be an object, not \(node.kind)")
        }
        self.node = node
        self.path = path
        self.members = members
        if let unknown = members.first(where: { !known.contains($0.name) }) {
            throw ScenarioError(
                unknown.place,
                "there is no '\(unknown.name)' in \(path); there are "
                    + known.joined(separator: ", "))
        }
    }

    var names: [String] { members.map(\.name) }

    func node(_ key: String) -> JSON5Node? {
        members.first { $0.name == key }?.value
    }

    func has(_ key: String) -> Bool { node(key) != nil }

    func missing(_ key: String) -> ScenarioError {
        ScenarioError(node.place, "\(path) needs '\(key)'")
    }

    func text(_ key: String) throws(ScenarioError) -> String? {
        guard let node = node(key) else { return nil }
        guard case .string(let text) = node.content else { throw wrong(key, node, "a text") }
        return text
    }

    /// One of the texts that are allowed.
    func text(_ key: String, among choices: [String]) throws(ScenarioError) -> String? {
        guard let text = try text(key) else { return nil }
        guard choices.contains(text) else {
            throw ScenarioError(
                node(key)?.place,
                "\(path).\(key): there is no '\(text)'; there are "
                    + choices.joined(separator: ", "))
        }
        return text
    }

    func flag(_ key: String) throws(ScenarioError) -> Bool? {
        guard let node = node(key) else { return nil }
        guard case .bool(let value) = node.content else { throw wrong(key, node, "true or false") }
        return value
    }

    func number(
        _ key: String, in range: ClosedRange<Double>
    ) throws(ScenarioError) -> Double? {
        guard let node = node(key) else { return nil }
        return try number(node, key, in: range)
    }

    func number(
        _ node: JSON5Node, _ key: String, in range: ClosedRange<Double>
    ) throws(ScenarioError) -> Double {
        guard case .number(let text) = node.content, let value = Double(text),
            range.contains(value)
        else {
            throw wrong(key, node, "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func seed(_ key: String) throws(ScenarioError) -> UInt64? {
        guard let node = node(key) else { return nil }
        switch node.content {
        // A text, because JSON's numbers are not whole beyond 2^53 for every reader.
        case .number(let text), .string(let text):
            if let value = UInt64(text) { return value }
        default: break
        }
        throw wrong(key, node, "a whole number from 0")
    }

    /// A duration such as `"250ms"`, `"-3s"`, `"5m"`.
    func duration(_ key: String) throws(ScenarioError) -> Duration? {
        guard let node = node(key) else { return nil }
        guard case .string(let text) = node.content, let duration = WrittenTime.duration(text)
        else { throw wrong(key, node, "a time such as \"250ms\", \"5s\", \"2m\" or \"24h\"") }
        return duration
    }

    /// A duration that is not negative.
    func span(_ key: String) throws(ScenarioError) -> Duration? {
        guard let duration = try duration(key) else { return nil }
        guard duration >= .zero else {
            throw ScenarioError(node(key)?.place, "\(path).\(key) must not be negative")
        }
        return duration
    }

    func list(_ key: String) throws(ScenarioError) -> [JSON5Node]? {
        guard let node = node(key) else { return nil }
        guard case .array(let elements) = node.content else { throw wrong(key, node, "a list") }
        return elements
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type
    ) throws(ScenarioError) -> Choice? where Choice.RawValue == String {
        guard let text = try text(key) else { return nil }
        guard let value = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw ScenarioError(node(key)?.place, "\(path).\(key) must be one of \(names)")
        }
        return value
    }

    func range(
        _ key: String, within: ClosedRange<Double>
    ) throws(ScenarioError) -> ClosedRange<Double>? {
        guard let elements = try list(key) else { return nil }
        guard elements.count == 2 else {
            throw ScenarioError(node(key)?.place, "\(path).\(key) must be [from, to]")
        }
        let low = try number(elements[0], key, in: within)
        let high = try number(elements[1], key, in: within)
        guard low < high else {
            throw ScenarioError(node(key)?.place, "\(path).\(key): from must be below to")
        }
        return low...high
    }

    /// `[latitude, longitude]` or `[latitude, longitude, altitude]`.
    func position(_ node: JSON5Node, _ key: String) throws(ScenarioError) -> GPSFix.Position {
        guard case .array(let elements) = node.content, (2...3).contains(elements.count) else {
            throw wrong(key, node, "[latitude, longitude] or [latitude, longitude, altitude]")
        }
        return GPSFix.Position(
            latitudeDegrees: try number(elements[0], key, in: -90...90),
            longitudeDegrees: try number(elements[1], key, in: -180...180),
            altitudeMeters: elements.count == 3
                ? try number(elements[2], key, in: -500...100_000) : 0)
    }

    private func wrong(_ key: String, _ node: JSON5Node, _ expected: String) -> ScenarioError {
        ScenarioError(node.place, "\(path).\(key) must be \(expected), not \(node.kind)")
    }
}

/// Times as scenario files write them.
enum WrittenTime {
    private static let nanosecondsPerUnit: [String: Double] = [
        "ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9,
    ]
    /// A year: longer ones are typing errors.
    private static let most = 366 * 86_400e9

    static func duration(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
        guard let number = Double(digits),
            let unit = nanosecondsPerUnit[String(text.dropFirst(digits.count))],
            (number * unit).magnitude <= most
        else { return nil }
        return .nanoseconds(Int64((number * unit).rounded()))
    }

    /// The shortest way to write it exactly.
    static func text(_ duration: Duration) -> String {
        let nanoseconds = duration.nanoseconds
        let units: [(String, Int64)] = [
            ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
            ("ms", 1_000_000), ("us", 1000),
        ]
        guard nanoseconds != 0 else { return "0s" }
        for (name, unit) in units where nanoseconds % unit == 0 {
            return "\(nanoseconds / unit)\(name)"
        }
        return "\(nanoseconds)ns"
    }
}
