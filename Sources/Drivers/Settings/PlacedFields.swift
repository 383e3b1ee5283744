import JSON

/// Typed access to the members of one object of a settings file; every key has to be known.
struct PlacedFields {
    let place: TextPlace
    private let members: [JSON5Node.Member]

    /// - Parameter what: how messages name the object.
    init(_ node: JSON5Node, _ what: String, known: [String]) throws(PlacedError) {
        guard case .object(let members) = node.content else {
            throw PlacedError(node.place, "\(what) must be an object, not \(node.kind)")
        }
        place = node.place
        self.members = members
        if let unknown = members.first(where: { !known.contains($0.name) }) {
            throw PlacedError(
                unknown.place,
                "there is no '\(unknown.name)' in \(what); there are "
                    + known.joined(separator: ", "))
        }
    }

    /// All but those named.
    func names(but others: String...) -> [String] {
        members.map(\.name).filter { !others.contains($0) }
    }

    func node(_ key: String) -> JSON5Node? {
        members.first { $0.name == key }?.value
    }

    func text(_ key: String) throws(PlacedError) -> String? {
        guard let node = node(key) else { return nil }
        guard case .string(let text) = node.content else { throw wrong(key, node, "a text") }
        return text
    }

    func list(_ key: String) throws(PlacedError) -> [JSON5Node] {
        guard let node = node(key) else { return [] }
        guard case .array(let elements) = node.content else { throw wrong(key, node, "a list") }
        return elements
    }

    /// What an object has under its own names, in its order.
    func members(
        _ key: String
    ) throws(PlacedError) -> [(name: String, place: TextPlace, node: JSON5Node)] {
        guard let node = node(key) else { return [] }
        guard case .object(let members) = node.content else { throw wrong(key, node, "an object") }
        return members.map { ($0.name, $0.place, $0.value) }
    }

    func choice(_ key: String, _ choices: [String]) throws(PlacedError) -> String? {
        guard let node = node(key) else { return nil }
        guard case .string(let text) = node.content, choices.contains(text) else {
            throw wrong(key, node, "one of \(choices.joined(separator: ", "))")
        }
        return text
    }

    func whole(_ key: String, in range: ClosedRange<Int64>) throws(PlacedError) -> Int64? {
        guard let node = node(key) else { return nil }
        guard case .number(let text) = node.content, let value = Int64(text),
            range.contains(value)
        else {
            throw wrong(
                key, node, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// Seconds, with decimals.
    func seconds(_ key: String, most: Duration) throws(PlacedError) -> Duration? {
        guard let node = node(key) else { return nil }
        guard case .number(let text) = node.content, let value = Double(text),
            (0...most.seconds).contains(value)
        else { throw wrong(key, node, "seconds from 0 to \(Int64(most.seconds))") }
        return .milliseconds(Int64((value * 1000).rounded()))
    }

    func wrong(_ key: String, _ node: JSON5Node, _ expected: String) -> PlacedError {
        PlacedError(node.place, "'\(key)' must be \(expected)")
    }
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
}
