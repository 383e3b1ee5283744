package import Engine

/// Every device of every organisation.
package actor Devices: CoreActor {
    package nonisolated let core: Core
    private let limits: StationLimits
    private var ids: UniqueIDs
    private var devices: [String: Device] = [:]

    package init(core: Core, limits: StationLimits) {
        self.core = core
        self.limits = limits
        ids = UniqueIDs(core: core, purpose: "devices")
    }

    package func start(_ rows: [StoreRow]) {
        for device in rows.compactMap(Device.stored) { devices[device.id] = device }
    }

    /// Newest first; those of one organisation, or all.
    package func all(of organizations: Set<String>? = nil) -> [Device] {
        devices.values.filter { organizations?.contains($0.organization) ?? true }
            .sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    }

    package func device(_ id: String) -> Device? { devices[id] }

    package func add(
        _ description: Device.Description, to organization: String
    ) throws(DeviceError) -> Device {
        try check(description)
        try checkName(description.name, in: organization, except: nil)
        guard devices.count < limits.devices else { throw .tooManyDevices }
        let device = Device(
            id: ids.next { devices[$0] != nil }, organization: organization,
            description: description, createdAt: core.utc, modifiedAt: core.utc)
        keep(device)
        return device
    }

    package func change(
        _ id: String, to description: Device.Description
    ) throws(DeviceError) -> Device {
        guard var device = devices[id] else { throw .unknownDevice }
        try check(description)
        try checkName(description.name, in: device.organization, except: id)
        device.description = description
        device.modifiedAt = core.utc
        keep(device)
        return device
    }

    package func delete(_ id: String) throws(DeviceError) {
        guard devices.removeValue(forKey: id) != nil else { throw .unknownDevice }
        core.write(.delete(table: "devices", key: ["id": .text(id)]))
    }

    private func keep(_ device: Device) {
        devices[device.id] = device
        core.write(.put(table: "devices", row: device.row))
    }

    private func checkName(
        _ name: String, in organization: String, except id: String?
    ) throws(DeviceError) {
        let isTaken = devices.values.contains {
            $0.organization == organization && $0.description.name == name && $0.id != id
        }
        if isTaken { throw .nameIsTaken }
    }

    private func check(_ description: Device.Description) throws(DeviceError) {
        guard isText(description.name), !description.name.isEmpty else {
            throw .invalid(field: "name", characters: limits.deviceTextCharacters)
        }
        for (field, text) in [
            ("platform", description.platform), ("type", description.type),
            ("os_version", description.osVersion),
        ] where !isText(text) {
            throw .invalid(field: field, characters: limits.deviceTextCharacters)
        }
        guard description.macAddress.isEmpty || isMACAddress(description.macAddress) else {
            throw .invalidMACAddress
        }
    }

    private func isText(_ text: String) -> Bool {
        text.count <= limits.deviceTextCharacters
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    /// Six pairs of hexadecimal digits with colons or hyphens between.
    private func isMACAddress(_ text: String) -> Bool {
        let pairs = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "-" }
        return pairs.count == 6
            && pairs.allSatisfy { $0.utf8.count == 2 && $0.allSatisfy(\.isHexDigit) }
    }
}
