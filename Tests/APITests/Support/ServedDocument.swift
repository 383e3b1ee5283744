import JSON
import Testing
import Transport

/// An OpenAPI document as a station serves it.
struct ServedDocument {
    let text: String
    let json: JSONObject

    init(_ name: String, of world: VirtualStation) throws {
        let answer = try #require(world.call("GET", "/openapi/\(name).json"))
        try #require(answer.status == 200)
        text = String(decoding: answer.body, as: UTF8.self)
        json = answer.object
    }

    /// Every operation, in order.
    var operations: [(path: String, method: String, json: JSONObject)] {
        (json["paths"]?.objectValue?.members ?? []).flatMap { path in
            (path.value.objectValue?.members ?? []).map {
                (path.key, $0.key.uppercased(), $0.value.objectValue ?? [:])
            }
        }
    }

    func operation(_ method: String, _ path: String) throws -> JSONObject {
        try #require(operations.first { $0.method == method && $0.path == path }).json
    }

    /// The members of a schema, by the name that it has among the components.
    func members(of name: String) -> [JSONObject.Member] {
        resolved(["$ref": .string("#/components/schemas/\(name)")])["properties"]?
            .objectValue?.members ?? []
    }

    /// The schema of the JSON body that an operation answers with.
    func answer(_ method: String, _ path: String, _ status: Int) throws -> JSONValue {
        let answers = try operation(method, path)["responses"]?.objectValue
        let answer = resolved(answers?[String(status)] ?? .null)
        let type = answer["content"]?.objectValue?.members.first?.value.objectValue
        return try #require(type?["schema"], "\(method) \(path) may not answer \(status)")
    }

    /// Members that a value has and its schema does not name.
    func unnamed(in value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
        let schema = resolved(schema)
        if let choices = schema["oneOf"]?.arrayValue {
            return choices.map { unnamed(in: value, $0, at: place) }
                .min { $0.count < $1.count } ?? []
        }
        switch value {
        case .array(let values):
            return values.flatMap { unnamed(in: $0, schema["items"] ?? .null, at: place + "[]") }
        case .object(let object):
            if schema["additionalProperties"] != nil { return [] }
            let properties = schema["properties"]?.objectValue ?? [:]
            return object.members.flatMap { member in
                let place = place + "." + member.key
                guard let schema = properties[member.key] else { return [place] }
                return unnamed(in: member.value, schema, at: place)
            }
        default: return []
        }
    }

    /// What a reference stands for.
    private func resolved(_ value: JSONValue) -> JSONObject {
        let object = value.objectValue ?? [:]
        guard let reference = object["$ref"]?.stringValue else { return object }
        return reference.split(separator: "/").dropFirst()
            .reduce(json) { $0[String($1)]?.objectValue ?? [:] }
    }
}
