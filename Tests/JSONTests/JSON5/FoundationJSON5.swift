@testable import JSON

/// A JSON5 value without places, as Foundation's decoder gives it.
enum FoundationJSON5: Equatable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([FoundationJSON5])
    case object([String: FoundationJSON5])

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: AnyKey.self) {
            var members: [String: FoundationJSON5] = [:]
            for key in container.allKeys {
                members[key.stringValue] = try container.decode(FoundationJSON5.self, forKey: key)
            }
            self = .object(members)
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var elements: [FoundationJSON5] = []
            while !container.isAtEnd {
                elements.append(try container.decode(FoundationJSON5.self))
            }
            self = .array(elements)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    init(_ node: JSON5Node) {
        switch node.content {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let text): self = .number(Double(text) ?? .nan)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map { FoundationJSON5($0) })
        case .object(let members):
            self = .object(
                Dictionary(members.map { ($0.name, FoundationJSON5($0.value)) }) { $1 })
        }
    }
}
