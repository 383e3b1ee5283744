import JSON

/// One API as OpenAPI 3.0.3, made from the routes that serve it.
struct OpenAPIDocument {
    private let api: PublishedAPI
    private let routes: [(route: Route, operation: Operation?)]
    private var schemas = SchemaWriter()
    /// Errors that need no words of their own.
    private var responses = JSONObject()

    private static let tokenScheme = "token"

    /// - Parameter routes: of all APIs.
    init(_ api: PublishedAPI, routes: [Route]) {
        self.api = api
        self.routes = routes.filter { PublishedAPI(path: $0.path) == api }
            .map { ($0, $0.operation()) }
    }

    /// The document; its order is that of the routes.
    static func json(_ api: PublishedAPI, routes: [Route]) -> JSONObject {
        var document = OpenAPIDocument(api, routes: routes)
        return document.json()
    }

    private mutating func json() -> JSONObject {
        var paths = JSONObject()
        for case (let route, let operation?) in routes where !operation.isSocket {
            var path = paths[route.path]?.objectValue ?? JSONObject()
            path[route.method.lowercased()] = json(operation)
            paths[route.path] = .object(path)
        }
        var document: JSONObject = [
            "openapi": .string("3.0.3"), "info": info, "paths": .object(paths),
            "components": [
                "schemas": .object(schemas.components), "responses": .object(responses),
                "securitySchemes": [
                    Self.tokenScheme: ["type": .string("http"), "scheme": .string("bearer")]
                ],
            ],
        ]
        let undescribed = routes.filter { $0.operation == nil }.map(\.route)
        if !undescribed.isEmpty {
            document["x-undescribed"] = .array(
                undescribed.map { .string("\($0.method) \($0.path)") })
        }
        return document
    }

    private var info: JSONValue {
        let sockets = routes.compactMap { route, operation in
            operation.flatMap { operation in
                operation.isSocket
                    ? "- `\(route.path)`: \(operation.summary). \(operation.text)" : nil
            }
        }
        var info: JSONObject = [
            "title": .string("Boresight: \(api.title)"), "version": .string("1"),
        ]
        if !sockets.isEmpty {
            let text = ["WebSockets, for which OpenAPI has no words:", ""] + sockets
            info["description"] = .string(text.joined(separator: "\n"))
        }
        return .object(info)
    }

    // MARK: Operations

    private mutating func json(_ operation: Operation) -> JSONValue {
        var object: JSONObject = [
            "operationId": .string(operation.id), "summary": .string(operation.summary),
        ]
        if !operation.text.isEmpty { object["description"] = .string(operation.text) }
        object["security"] = .array(operation.needsToken ? [[Self.tokenScheme: .array([])]] : [])
        if !operation.parameters.isEmpty {
            object["parameters"] = .array(operation.parameters.map { json($0) })
        }
        if let body = operation.body {
            object["requestBody"] = [
                "required": .bool(true), "content": content([("application/json", body)]),
            ]
        }
        var answers = JSONObject()
        for answer in operation.answers { answers[String(answer.status)] = json(answer) }
        for (status, reason) in operation.errors {
            answers[String(status)] = error(status, reason)
        }
        object["responses"] = .object(answers)
        return .object(object)
    }

    private mutating func json(_ parameter: Operation.Parameter) -> JSONValue {
        var object: JSONObject = [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.isRequired),
        ]
        if !parameter.text.isEmpty { object["description"] = .string(parameter.text) }
        object["schema"] = schemas.json(parameter.schema)
        return .object(object)
    }

    // MARK: Answers

    private mutating func json(_ answer: Operation.Answer) -> JSONValue {
        var object: JSONObject = ["description": .string(answer.text)]
        if !answer.content.isEmpty { object["content"] = content(answer.content) }
        return .object(object)
    }

    private mutating func error(_ status: Int, _ reason: String) -> JSONValue {
        guard reason.isEmpty else { return refusal(status, reason) }
        let phrase = Status.phrase(status)
        let name = phrase.filter { $0 != " " }
        if responses[name] == nil { responses[name] = refusal(status, phrase + ".") }
        return ["$ref": .string("#/components/responses/\(name)")]
    }

    private mutating func refusal(_ status: Int, _ text: String) -> JSONValue {
        var object: JSONObject = ["description": .string(text)]
        if status == 401 {
            object["headers"] = [
                "WWW-Authenticate": ["required": .bool(true), "schema": schemas.json(.text)]
            ]
        }
        object["content"] = content([(api.dialect.contentType, api.dialect.schema(status))])
        return .object(object)
    }

    private mutating func content(_ types: [(type: String, schema: Schema)]) -> JSONValue {
        var content = JSONObject()
        for (type, schema) in types { content[type] = ["schema": schemas.json(schema)] }
        return .object(content)
    }
}
