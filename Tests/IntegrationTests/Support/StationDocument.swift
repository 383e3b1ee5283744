import JSON

/// An OpenAPI document as it is for one station: where only the id of something will do, its
/// schema is that id. Otherwise most of what is made from the document would end at 404.
struct StationDocument {
    /// Ids by the beginning of a path whose `{id}` they are; the longest one counts.
    let ids: [String: String]
    /// Values of other parameters, by their names.
    let parameters: [String: String]
    /// Values of texts in bodies, by their members' names.
    let members: [String: String]

    func json(_ document: JSONObject) -> JSONObject {
        var document = document
        var paths = JSONObject()
        for path in document["paths"]?.objectValue?.members ?? [] {
            var operations = JSONObject()
            for operation in path.value.objectValue?.members ?? [] {
                // What is deleted has to be made first.
                let id = operation.key == "delete" ? nil : id(at: path.key)
                operations[operation.key] = inParameters(of: operation.value, id: id)
            }
            paths[path.key] = .object(operations)
        }
        document["paths"] = .object(paths)
        return inMembers(of: .object(document)).objectValue ?? [:]
    }

    private func id(at path: String) -> String? {
        ids.filter { path.hasPrefix($0.key) }.max { $0.key.count < $1.key.count }?.value
    }

    private func inParameters(of operation: JSONValue, id: String?) -> JSONValue {
        guard var object = operation.objectValue, let all = object["parameters"]?.arrayValue else {
            return operation
        }
        object["parameters"] = .array(
            all.map { parameter in
                guard var parameter = parameter.objectValue,
                    let name = parameter["name"]?.stringValue,
                    let value = name == "id" ? id : parameters[name]
                else { return parameter }
                parameter["schema"] = Self.only(value)
                return .object(parameter)
            })
        return .object(object)
    }

    /// Everywhere in the document.
    private func inMembers(of value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): return .array(values.map(inMembers))
        case .object(var object):
            for member in object.members { object[member.key] = inMembers(of: member.value) }
            guard var properties = object["properties"]?.objectValue else { return .object(object) }
            for (name, value) in members {
                properties[name] = properties[name].map { Self.schema($0, only: value) }
            }
            object["properties"] = .object(properties)
            return .object(object)
        default: return value
        }
    }

    /// The schema with only one text where it allows any.
    private static func schema(_ schema: JSONValue, only value: String) -> JSONValue {
        guard var object = schema.objectValue else { return schema }
        if object["type"] == .string("string") {
            let isNullable = object["nullable"] == .bool(true)
            object["enum"] = .array([.string(value)] + (isNullable ? [.null] : []))
        }
        object["oneOf"] = object["oneOf"]?.arrayValue.map { choices in
            .array(choices.map { self.schema($0, only: value) })
        }
        return .object(object)
    }

    private static func only(_ value: String) -> JSONValue {
        ["type": .string("string"), "enum": .array([.string(value)])]
    }
}
