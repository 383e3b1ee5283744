import JSON

/// Writes schemas, and keeps those that have a name for the document's components.
struct SchemaWriter {
    /// In the order of their first use.
    private(set) var components = JSONObject()

    mutating func json(_ schema: Schema) -> JSONValue {
        guard let name = schema.name else { return .object(definition(schema)) }
        let known = components[name]
        let definition = JSONValue.object(definition(schema))
        precondition(known == nil || known == definition, "two schemas are called \(name)")
        components[name] = definition
        return ["$ref": .string("#/components/schemas/\(name)")]
    }

    private mutating func definition(_ schema: Schema) -> JSONObject {
        var object = schema.keywords
        switch schema.parts {
        case .none: break
        case .items(let items): object["items"] = json(items)
        case .values(let values): object["additionalProperties"] = json(values)
        case .oneOf(let choices): object["oneOf"] = .array(choices.map { json($0) })
        case .members(let members):
            let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
            if !required.isEmpty { object["required"] = .array(required) }
            var properties = JSONObject()
            for member in members { properties[member.name] = json(member.schema) }
            object["properties"] = .object(properties)
        }
        return object
    }
}
