/// A JSON object that keeps the order of its members.
///
/// When a key comes twice, the last one counts, in the place of the first (RFC 8259 §4 leaves this
/// open).
package struct JSONObject: Sendable, Equatable {
    package struct Member: Sendable, Equatable {
        package let key: String
        package var value: JSONValue

        package init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    package private(set) var members: [Member] = []
    /// Where each key stands; only kept for large objects, where a search would be slow.
    private var positions: [String: Int] = [:]

    private static let indexedFrom = 16

    package init() {}

    package init(_ members: [Member]) {
        for member in members { self[member.key] = member.value }
    }

    /// With the members of another behind its own.
    package func joined(_ other: JSONObject) -> JSONObject {
        JSONObject(members + other.members)
    }

    /// The value of a key; setting nil removes it.
    package subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil):
                members.remove(at: position)
                positions = [:]
                index()
            case (nil, let value?):
                members.append(Member(key: key, value: value))
                if members.count == Self.indexedFrom {
                    index()
                } else if members.count > Self.indexedFrom {
                    positions[key] = members.count - 1
                }
            case (nil, nil): break
            }
        }
    }

    private func position(of key: String) -> Int? {
        members.count < Self.indexedFrom
            ? members.firstIndex { $0.key == key } : positions[key]
    }

    private mutating func index() {
        guard members.count >= Self.indexedFrom else { return }
        for (position, member) in members.enumerated() { positions[member.key] = position }
    }

    package static func == (lhs: JSONObject, rhs: JSONObject) -> Bool { lhs.members == rhs.members }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { Member(key: $0.0, value: $0.1) })
    }
}
