import JSON

/// An OpenAPI document as it is for one station: where only the id of something will do, its
/// schema is that id. Otherwise most of what is made from the document would end at 404.
struct StationDocument {
    /// Values of parameters, by their names, of paths that begin so; the longest one counts. Nil
    /// leaves the parameter as it is.
    let parameters: [(path: String, name: String, value: JSONValue?)]
    /// Values of texts in bodies, by their members' names.
    var members: [String: String]
    /// Schemas that stand nowhere to be chosen.
    let dropped: Set<String>
    /// Schemas that stay as they are: what is called so there is none of those things, or is told.
    let told: Set<String>

    func json(_ document: JSONObject) -> JSONObject {
        var document = document
        var paths = JSONObject()
        for path in document["paths"]?.objectValue?.members ?? [] {
            var operations = JSONObject()
            for operation in path.value.objectValue?.members ?? [] {
                operations[operation.key] = inParameters(
                    of: operation.value, at: path.key, isDeleting: operation.key == "delete")
            }
            paths[path.key] = .object(operations)
        }
        document["paths"] = .object(paths)
        return inMembers(of: .object(document)).objectValue ?? [:]
    }

    /// What is deleted has to be made first.
    private func inParameters(
        of operation: JSONValue, at path: String, isDeleting: Bool
    ) -> JSONValue {
        guard var object = operation.objectValue, let all = object["parameters"]?.arrayValue else {
            return operation
        }
        object["parameters"] = .array(
            all.map { parameter in
                guard var parameter = parameter.objectValue,
                    let name = parameter["name"]?.stringValue,
                    !isDeleting || !(path.hasSuffix("{\(name)}/") || path.hasSuffix("{\(name)}")),
                    let known = parameters.filter({ $0.name == name && path.hasPrefix($0.path) })
                        .max(by: { $0.path.count < $1.path.count }), let value = known.value
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
            for member in object.members where !told.contains(member.key) {
                object[member.key] = inMembers(of: member.value)
            }
            if let choices = object["oneOf"]?.arrayValue {
                object["oneOf"] = .array(choices.filter { !isDropped($0) })
            }
            guard var properties = object["properties"]?.objectValue else { return .object(object) }
            for (name, value) in members {
                guard let schema = properties[name], !Self.isToldDevice(name, schema) else {
                    continue
                }
                properties[name] = Self.schema(schema, only: value)
            }
            object["properties"] = .object(properties)
            return .object(object)
        default: return value
        }
    }

    private func isDropped(_ schema: JSONValue) -> Bool {
        let reference = schema.objectValue?["$ref"]?.stringValue ?? ""
        return dropped.contains(String(reference.split(separator: "/").last ?? ""))
    }

    /// The device in an answer, which says of its id that it is one, is whichever was told.
    private static func isToldDevice(_ name: String, _ schema: JSONValue) -> Bool {
        name == "device" && schema.objectValue?["format"] == .string("uuid")
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

    private static func only(_ value: JSONValue) -> JSONValue {
        let type = value.integerValue == nil ? "string" : "integer"
        return ["type": .string(type), "enum": .array([value])]
    }
}
