import JSON

/// What a JSON value is like, in the words that OpenAPI 3.0.3 has for it (§4.7.24).
struct Schema: Sendable {
    /// The schemas inside of a schema.
    indirect enum Parts: Sendable {
        case none
        case members([Member])
        case items(Schema)
        /// Of members of any name.
        case values(Schema)
        case oneOf([Schema])
    }

    /// A member of an object.
    struct Member: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool

        static func required(_ name: String, _ schema: Schema, _ text: String = "") -> Member {
            Member(name: name, schema: schema.described(text), isRequired: true)
        }

        static func optional(_ name: String, _ schema: Schema, _ text: String = "") -> Member {
            Member(name: name, schema: schema.described(text), isRequired: false)
        }
    }

    /// The name that the document's components have it under; nil when it stands where it is used.
    private(set) var name: String?
    private(set) var keywords: JSONObject
    let parts: Parts

    private init(_ type: String?, parts: Parts = .none) {
        keywords = JSONObject()
        keywords["type"] = type.map(JSONValue.string)
        self.parts = parts
    }

    // MARK: Kinds

    static var anything: Schema { Schema(nil) }
    static var text: Schema { Schema("string") }
    static var uuid: Schema { text.with("format", .string("uuid")) }
    /// RFC 3339.
    static var time: Schema { text.with("format", .string("date-time")) }
    static var flag: Schema { Schema("boolean") }
    static var integer: Schema { Schema("integer") }
    static var number: Schema { Schema("number") }

    /// One of some words.
    static func choice(_ words: [String]) -> Schema {
        text.with("enum", .array(words.map(JSONValue.string)))
    }

    static func choice<Choice>(_ type: Choice.Type) -> Schema
    where Choice: CaseIterable & RawRepresentable<String> {
        choice(type.allCases.map(\.rawValue))
    }

    static func list(of items: Schema) -> Schema {
        Schema("array", parts: .items(items))
    }

    static func object(_ members: [Member]) -> Schema {
        Schema("object", parts: .members(members))
    }

    static func object(_ members: Member...) -> Schema { object(members) }

    /// An object with members of any name.
    static func map(of values: Schema) -> Schema {
        Schema("object", parts: .values(values))
    }

    static func oneOf(_ choices: Schema...) -> Schema {
        Schema(nil, parts: .oneOf(choices))
    }

    // MARK: Bounds

    /// How many Unicode scalar values a text has.
    func characters(_ range: ClosedRange<Int>) -> Schema {
        bounded("minLength", "maxLength", range)
    }

    /// How many items a list has.
    func count(_ range: ClosedRange<Int>) -> Schema {
        bounded("minItems", "maxItems", range)
    }

    private func bounded(_ least: String, _ most: String, _ range: ClosedRange<Int>) -> Schema {
        (range.lowerBound > 0 ? with(least, .integer(Int64(range.lowerBound))) : self)
            .with(most, .integer(Int64(range.upperBound)))
    }

    /// What a number lies in.
    func within(_ range: ClosedRange<Int>) -> Schema {
        atLeast(range.lowerBound).with("maximum", .integer(Int64(range.upperBound)))
    }

    func within(_ range: ClosedRange<Double>) -> Schema {
        with("minimum", .number(range.lowerBound)).with("maximum", .number(range.upperBound))
    }

    /// In seconds.
    func within(_ range: ClosedRange<Duration>) -> Schema {
        within(range.lowerBound / .seconds(1)...range.upperBound / .seconds(1))
    }

    func atLeast(_ least: Int) -> Schema {
        with("minimum", .integer(Int64(least)))
    }

    /// - Parameter pattern: matches the whole text (ECMA-262).
    func matching(_ pattern: String) -> Schema {
        with("pattern", .string("^(\(pattern))$"))
    }

    /// An object with no other members than those that are named.
    var closed: Schema { with("additionalProperties", .bool(false)) }

    // MARK: Remarks

    var orNull: Schema {
        var schema = with("nullable", .bool(true))
        if let words = keywords["enum"]?.arrayValue {
            schema.keywords["enum"] = .array(words + [.null])
        }
        return schema
    }

    /// What counts when nothing is said.
    func byDefault(_ value: JSONValue) -> Schema { with("default", value) }

    func example(_ value: JSONValue) -> Schema { with("example", value) }

    /// Before `named`: whoever refers to a schema has no room for words.
    func described(_ text: String) -> Schema {
        text.isEmpty ? self : with("description", .string(text))
    }

    /// Written once, among the components, and referred to from everywhere else.
    func named(_ name: String) -> Schema {
        var schema = self
        schema.name = name
        return schema
    }

    private func with(_ keyword: String, _ value: JSONValue) -> Schema {
        var schema = self
        schema.keywords[keyword] = value
        return schema
    }
}
