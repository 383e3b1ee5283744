import JSON
import TestSupport
import Testing
import Transport

/// One cell of `RightsTable`: a row, asked by a person about things of its own.
struct RightsCall {
    private let row: RightsRow
    private let person: RightsPerson
    private let scene: RightsScene
    private let target: String
    private let body: String?
    /// Where a superuser sees what the call would change; nil when nothing shows it.
    private let watched: String?
    private let things: [String: String]

    /// - Parameter readable: the routes that show things.
    init(
        _ row: RightsRow, _ person: RightsPerson, _ scene: RightsScene, readable: Set<String>
    ) throws {
        self.row = row
        self.person = person
        self.scene = scene
        var things: [String: String] = [:]
        func thing(_ name: String) throws -> String {
            if let thing = things[name] { return thing }
            let thing = try scene.make(name, for: person, thing)
            things[name] = thing
            return thing
        }
        func fill(_ text: String) throws -> String {
            try text.replacing(/\{([a-z-]+)\}/) { try thing(String($0.output.1)) }
        }
        target = try fill(row.target)
        body = try RightsTable.bodies[row.name].map(fill)
        watched = try row.watched(readable).map(fill)
        self.things = things
    }

    private var token: String? { scene.tokens[person] }
    private var label: String { "\(row.name), \(person)" }

    private var headers: [(String, String)] {
        row.way == "#home" ? [("X-Organization-Id", scene.shared["home"] ?? "")] : []
    }

    func check(_ cell: RightsRow.Cell) async throws {
        if row.isSocket { return try checkSocket(cell) }
        try await awaitRotor()
        let path = row.changes ? watched : nil
        let before = try path.map(seen)
        let answer = try scene.daemon.call(
            row.method, target, json: body, token: token, headers: headers)
        #expect(answer.status == cell.status, "\(label): \(answer.text)")
        if cell.hides { checkHidden(answer.text) }
        if cell.isRefusal { checkWords(answer) }
        let after = try path.map(seen)
        if cell.isRefusal {
            #expect(after == before, "\(label) has changed \(path ?? "")")
        } else if path != nil, !RightsTable.unseen.contains(row.name) {
            #expect(after != before, "\(label) has changed nothing at \(path ?? "")")
        }
        try clear(answer)
    }

    /// What the caller has sent may come back.
    private func checkHidden(_ text: String) {
        let sent = ([target, body ?? ""] + headers.map(\.1)).joined(separator: " ")
        for secret in scene.secrets(things) where !sent.contains(secret) {
            #expect(!text.contains(secret), "\(label) is told of \(secret): \(text)")
        }
    }

    /// Each API words a refusal in its own way.
    private func checkWords(_ answer: HTTPResponse) {
        let codes = [
            400: "invalid_request", 401: "unauthorized", 403: "forbidden", 404: "not_found",
            409: "conflict",
        ]
        let object = answer.object
        if row.path.hasPrefix("/v1/") {
            #expect(object["code"]?.stringValue == codes[answer.status], "\(label)")
        } else if ["/api/v1/sessions", "/api/v1/devices"].contains(where: row.path.hasPrefix) {
            let error = object["error"]?.objectValue
            #expect(error?["code"]?.stringValue == codes[answer.status], "\(label)")
        } else {
            let isField = answer.status == 400 && object.members.first?.value.arrayValue != nil
            let isDetail = object["detail"]?.stringValue != nil
            #expect(isDetail || isField, "\(label): \(answer.text)")
        }
        if row.path.hasPrefix("/api/v1/controller/"), answer.status == 404 {
            #expect(answer.text == #"{"detail":"Not found."}"#, "\(label)")
        }
    }

    private func seen(_ path: String) throws -> String {
        let answer = try scene.daemon.call("GET", path, token: scene.tokens[.root])
        var object = answer.object
        for member in ["timestamp", "age_seconds"] { object[member] = nil }
        return "\(answer.status) " + (object.members.isEmpty ? answer.text : "\(object.members)")
    }

    /// A rotor can be pointed as soon as it has said where it stands.
    private func awaitRotor() async throws {
        guard row.path.hasSuffix("/point"), let rotor = things["new-rotor"] else { return }
        #expect(await scene.hasPosition(rotor), "\(label)")
    }

    /// A station has few rotors, and one recording.
    private func clear(_ answer: HTTPResponse) throws {
        if row.path.hasPrefix("/api/rotors") {
            for id in [things["new-rotor"], answer.object["id"]?.text] {
                guard let id, id != scene.shared["rotor"] else { continue }
                _ = try scene.daemon.call(
                    "POST", "/api/rotors/\(id)/stop", token: scene.tokens[.root])
                _ = try scene.daemon.call("DELETE", "/api/rotors/\(id)", token: scene.tokens[.root])
            }
        }
        if row.name == "POST /v1/recordings", let name = things["word"] {
            try scene.root("POST", "/v1/recordings/\(name)/stop")
        }
    }

    // MARK: Sockets

    private func checkSocket(_ cell: RightsRow.Cell) throws {
        var opened: WebSocketClient?
        let status = try refusal { opened = try scene.daemon.webSocket(target, token: token) }
        #expect(status ?? 101 == cell.status, "\(label)")
        guard let opened, cell.hides else { return }
        for name in ["location", "theirs"] {
            let path = "/api/v1/controller/location/\(scene.shared[name] ?? "")/"
            try scene.root(
                "PATCH", path, #"{"geometry":{"type":"Point","coordinates":[4.36,52.01,2000]}}"#)
        }
        let heard = try opened.nextObject()
        #expect(heard?["id"]?.stringValue == scene.shared["theirs"], "\(label)")
    }
}
