package import Engine
import JSON

/// How one device is reached.
package struct DeviceConnection: Sendable, Equatable {
    package let id: String
    package let device: String
    package var parameters: ConnectionParameters
    package let createdAt: UTCTime
    package var modifiedAt: UTCTime
}

extension DeviceConnection {
    var row: StoreRow {
        let (open, secrets) = parameters.stored
        return [
            "id": .text(id), "device_id": .text(device),
            "driver": .text(parameters.driver.rawValue),
            "parameters": .text(JSONValue.object(open).text),
            "secrets": .text(JSONValue.object(secrets).text),
            "created_ns": .integer(createdAt.nanoseconds),
            "modified_ns": .integer(modifiedAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> DeviceConnection? {
        guard let id = row.text("id"), let device = row.text("device_id"),
            let driver = row.text("driver").flatMap(ConnectionParameters.Driver.init(rawValue:)),
            let open = row.object("parameters"), let secrets = row.object("secrets"),
            let parameters = try? ConnectionParameters(driver, open: open, secrets: secrets),
            let created = row.integer("created_ns"), let modified = row.integer("modified_ns")
        else { return nil }
        return DeviceConnection(
            id: id, device: device, parameters: parameters,
            createdAt: UTCTime(nanoseconds: created), modifiedAt: UTCTime(nanoseconds: modified))
    }
}

extension StoreRow {
    /// A column that holds a JSON object; nil when it does not.
    func object(_ name: String) -> JSONObject? {
        text(name).flatMap { try? JSONReader.read(Array($0.utf8)) }?.objectValue
    }
}
