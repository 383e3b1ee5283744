import Drivers
import Engine
import JSON

extension Workspace {
    var row: StoreRow {
        [
            "id": .text(id), "name": .text(description.name), "type": .text(description.type),
            "status": .text(availability.rawValue),
            "description": .text(JSONValue.object(description.json).text),
            "settings": .text(JSONValue.object(settings).text),
            "created_ns": .integer(createdAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> Workspace? {
        guard let id = row.text("id"), let name = row.text("name"), let type = row.text("type"),
            let availability = row.text("status").flatMap(Availability.init(rawValue:)),
            let shown = object(row.text("description")),
            let settings = object(row.text("settings")),
            let created = row.integer("created_ns")
        else { return nil }
        var description = Description(name: name, type: type)
        description.read(shown)
        return Workspace(
            id: id, description: description, availability: availability,
            driver: Driver(stored: settings), rules: Rules(stored: settings),
            createdAt: UTCTime(nanoseconds: created))
    }

    private static func object(_ text: String?) -> JSONObject? {
        text.flatMap { try? JSONReader.read(Array($0.utf8)) }?.objectValue
    }

    private var settings: JSONObject {
        var json = rules.json
        switch driver {
        case .process(let command): json["command"] = .string(command)
        case .simulated(let session):
            json["startsIn"] = .integer(session.startsIn.nanoseconds)
            json["stopsIn"] = .integer(session.stopsIn.nanoseconds)
            json["startFailure"] = session.startFailure.map(JSONValue.string)
            json["crashesAfter"] = session.crashesAfter.map { .integer($0.nanoseconds) }
        }
        return json
    }
}

extension Workspace.Description {
    fileprivate var json: JSONObject {
        var json: JSONObject = [
            "text": .string(text), "requiresNetBird": .bool(requiresNetBird),
        ]
        json["imageURL"] = imageURL.map(JSONValue.string)
        json["cpu"] = cpu.map(JSONValue.string)
        json["memory"] = memory.map(JSONValue.string)
        json["storage"] = storage.map(JSONValue.string)
        json["url"] = url.map(JSONValue.string)
        json["connectionType"] = connectionType.map(JSONValue.string)
        json["icon"] = icon.map(JSONValue.string)
        return json
    }

    fileprivate mutating func read(_ json: JSONObject) {
        text = json["text"]?.stringValue ?? ""
        requiresNetBird = json["requiresNetBird"] == .bool(true)
        imageURL = json["imageURL"]?.stringValue
        cpu = json["cpu"]?.stringValue
        memory = json["memory"]?.stringValue
        storage = json["storage"]?.stringValue
        url = json["url"]?.stringValue
        connectionType = json["connectionType"]?.stringValue
        icon = json["icon"]?.stringValue
    }
}

extension Workspace.Driver {
    fileprivate init(stored json: JSONObject) {
        if let command = json["command"]?.stringValue {
            self = .process(command: command)
        } else {
            var session = SimulatedWorkspaceSettings()
            session.startsIn = json.duration("startsIn") ?? session.startsIn
            session.stopsIn = json.duration("stopsIn") ?? session.stopsIn
            session.startFailure = json["startFailure"]?.stringValue
            session.crashesAfter = json.duration("crashesAfter")
            self = .simulated(session)
        }
    }
}

extension Workspace.Rules {
    fileprivate var json: JSONObject {
        var json: JSONObject = [
            "requiresMFA": .bool(requiresMFA), "recordsSessions": .bool(recordsSessions),
        ]
        json["maximumDuration"] = maximumDuration.map { .integer($0.nanoseconds) }
        json["idleTimeout"] = idleTimeout.map { .integer($0.nanoseconds) }
        json["heartbeat"] = heartbeat.map { .integer($0.nanoseconds) }
        json["warning"] = warning.map { .integer($0.nanoseconds) }
        return json
    }

    fileprivate init(stored json: JSONObject) {
        requiresMFA = json["requiresMFA"] == .bool(true)
        recordsSessions = json["recordsSessions"] == .bool(true)
        maximumDuration = json.duration("maximumDuration")
        idleTimeout = json.duration("idleTimeout")
        heartbeat = json.duration("heartbeat")
        warning = json.duration("warning")
    }
}

extension JSONObject {
    fileprivate func duration(_ key: String) -> Duration? {
        self[key]?.integerValue.map { .nanoseconds($0) }
    }
}
