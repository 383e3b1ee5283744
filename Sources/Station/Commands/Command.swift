package import Drivers
package import Engine
package import JSON

/// Something that a device was told to do, and what came of it.
package struct Command: Sendable, Equatable {
    package enum Status: String, Sendable, CaseIterable {
        case inProgress = "in-progress"
        case success
        case failed
    }

    package let id: String
    package let device: String
    /// The way it goes; the connection may be gone by now.
    package let connection: String
    package let user: String
    package let kind: DeviceOrder.Kind
    /// What it was given, with passwords hidden.
    package let input: JSONObject?
    /// Names the request, so that it can be repeated without harm.
    package let requestKey: String?
    package let createdAt: UTCTime
    package internal(set) var output = ""
    package internal(set) var status = Status.inProgress
    package internal(set) var modifiedAt: UTCTime

    /// As it was answered to whoever asked for it.
    package var atItsCreation: Command {
        var command = self
        command.output = ""
        command.status = .inProgress
        command.modifiedAt = createdAt
        return command
    }
}

/// Why the commands refuse.
package enum CommandError: Error, Sendable, Equatable {
    case unknownConnection
    case unknownCommand
    case tooManyConnections
    case parameters(String)
    /// The device has no connection at all.
    case noConnection
    /// No connection of the device takes such commands, or not the one that was named; its driver.
    case notPossible(DeviceOrder.Kind, driver: ConnectionParameters.Driver?)
    case input(String)
    case invalidExpiry
    case invalidKey
    /// The key was used for another request.
    case keyIsUsed
    case tooManyCommands
    /// Who has the device, and since when.
    case leased(user: String, since: UTCTime)
}

extension Command {
    var row: StoreRow {
        [
            "id": .text(id), "device_id": .text(device), "connection_id": .text(connection),
            "user_id": .text(user), "type": .text(kind.rawValue),
            "input": input.map { .text(JSONValue.object($0).text) } ?? .null,
            "output": .text(output), "status": .text(status.rawValue),
            "idempotency_key": requestKey.map { .text($0) } ?? .null,
            "created_ns": .integer(createdAt.nanoseconds),
            "modified_ns": .integer(modifiedAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> Command? {
        guard let id = row.text("id"), let device = row.text("device_id"),
            let connection = row.text("connection_id"), let user = row.text("user_id"),
            let kind = row.text("type").flatMap(DeviceOrder.Kind.init(rawValue:)),
            let status = row.text("status").flatMap(Status.init(rawValue:)),
            let created = row.integer("created_ns"), let modified = row.integer("modified_ns")
        else { return nil }
        return Command(
            id: id, device: device, connection: connection, user: user, kind: kind,
            input: row.object("input"), requestKey: row.text("idempotency_key"),
            createdAt: UTCTime(nanoseconds: created), output: row.text("output") ?? "",
            status: status, modifiedAt: UTCTime(nanoseconds: modified))
    }
}
