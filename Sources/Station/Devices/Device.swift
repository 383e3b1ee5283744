package import Engine

/// A thing in the field that commands can be run on and that can be leased.
package struct Device: Sendable, Equatable {
    /// What can be said of a device; texts may be empty but for the name.
    package struct Description: Sendable, Hashable {
        package var name: String
        package var macAddress = ""
        package var platform = ""
        package var type = ""
        package var osVersion = ""

        package init(name: String) {
            self.name = name
        }
    }

    package let id: String
    package let organization: String
    package var description: Description
    package let createdAt: UTCTime
    package var modifiedAt: UTCTime
    /// What the device itself reports with; nil for a device that may not.
    var keyHash: SecretHash?
    /// The location that it is at.
    package var location: String?

    /// Whether this is the device's own key.
    package func isKey(_ text: String) -> Bool {
        keyHash == SecretHash(of: text)
    }
}

/// Why the devices refuse.
package enum DeviceError: Error, Sendable, Equatable {
    case unknownDevice
    case nameIsTaken
    /// Which text, and its bound in characters.
    case invalid(field: String, characters: Int)
    case invalidMACAddress
    case invalidKey
    case tooManyDevices
}

extension Device {
    var row: StoreRow {
        [
            "id": .text(id), "organization_id": .text(organization),
            "name": .text(description.name), "mac_address": .text(description.macAddress),
            "platform": .text(description.platform), "type": .text(description.type),
            "os_version": .text(description.osVersion),
            "created_ns": .integer(createdAt.nanoseconds),
            "modified_ns": .integer(modifiedAt.nanoseconds),
            "key_hash": keyHash.map { .blob($0.bytes) } ?? .null,
            "location_id": location.map { .text($0) } ?? .null,
        ]
    }

    static func stored(_ row: StoreRow) -> Device? {
        guard let id = row.text("id"), let organization = row.text("organization_id"),
            let name = row.text("name"), let created = row.integer("created_ns"),
            let modified = row.integer("modified_ns")
        else { return nil }
        var description = Description(name: name)
        description.macAddress = row.text("mac_address") ?? ""
        description.platform = row.text("platform") ?? ""
        description.type = row.text("type") ?? ""
        description.osVersion = row.text("os_version") ?? ""
        return Device(
            id: id, organization: organization, description: description,
            createdAt: UTCTime(nanoseconds: created), modifiedAt: UTCTime(nanoseconds: modified),
            keyHash: row.blob("key_hash").flatMap(SecretHash.init(stored:)),
            location: row.text("location_id"))
    }
}
