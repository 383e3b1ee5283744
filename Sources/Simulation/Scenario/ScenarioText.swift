package import JSON

/// Scenario files as trees: reading, and options that take the place of what is written.
package enum ScenarioText {
    package static func tree(_ bytes: [UInt8]) throws(ScenarioError) -> JSON5Node {
        do throws(JSON5Problem) {
            return try JSON5Reader.read(bytes)
        } catch {
            throw ScenarioError(error.place, error.message)
        }
    }

    /// Replaces or adds the value at a path such as `rotor.rate` or `faults.0.for`.
    ///
    /// - Parameter value: as a file writes it; a text may go without quotes.
    package static func replacing(
        _ path: String, in tree: JSON5Node, with value: String
    ) throws(ScenarioError) -> JSON5Node {
        let node =
            (try? JSON5Reader.read(Array(value.utf8)))
            ?? JSON5Node(place: TextPlace(), content: .string(value))
        return try replacing(
            path.split(separator: ".")[...], in: tree, with: moved(node), path)
    }

    /// The place of what the command line says, which is none in the file.
    static let commandLine = TextPlace(line: 0, column: 0)

    private static func moved(_ node: JSON5Node) -> JSON5Node {
        let content: JSON5Node.Content =
            switch node.content {
            case .array(let elements): .array(elements.map(moved))
            case .object(let members):
                .object(
                    members.map {
                        JSON5Node.Member(
                            name: $0.name, place: commandLine, value: moved($0.value))
                    })
            case .null, .bool, .number, .string: node.content
            }
        return JSON5Node(place: commandLine, content: content)
    }

    private static func replacing(
        _ keys: ArraySlice<Substring>, in tree: JSON5Node, with value: JSON5Node, _ path: String
    ) throws(ScenarioError) -> JSON5Node {
        guard let key = keys.first else { return value }
        let rest = keys.dropFirst()
        switch tree.content {
        case .object(var members):
            let index = members.firstIndex { $0.name == key }
            let empty = JSON5Node(place: commandLine, content: .object([]))
            let old = index.map { members[$0] }
            let new = JSON5Node.Member(
                name: String(key), place: old?.place ?? commandLine,
                value: try replacing(rest, in: old?.value ?? empty, with: value, path))
            if let index { members[index] = new } else { members.append(new) }
            return JSON5Node(place: tree.place, content: .object(members))
        case .array(var elements):
            guard let index = Int(key), elements.indices.contains(index) else {
                throw ScenarioError(nil, "\(path): there is no element \(key)")
            }
            elements[index] = try replacing(rest, in: elements[index], with: value, path)
            return JSON5Node(place: tree.place, content: .array(elements))
        default:
            throw ScenarioError(nil, "\(path): '\(key)' is not inside an object")
        }
    }

    /// A number or text as it was written.
    static func text(_ node: JSON5Node) -> String {
        switch node.content {
        case .number(let text), .string(let text): text
        default: node.kind
        }
    }
}
