package import Engine

/// Every device of every organisation.
package actor Devices: CoreActor {
    package nonisolated let core: Core
    private let limits: StationLimits
    private var ids: UniqueIDs
    private var devices: [String: Device] = [:]
    /// The ids of each organisation's devices by their names.
    private var names: [String: [String: String]] = [:]

    package init(core: Core, limits: StationLimits) {
        self.core = core
        self.limits = limits
        ids = UniqueIDs(core: core, purpose: "devices")
    }

    package func start(_ rows: [StoreRow]) {
        for device in rows.compactMap(Device.stored) { take(device) }
    }

    /// Newest first.
    package func all(in scope: OrganizationScope) -> [Device] {
        devices.values.filter { scope.contains($0.organization) }
            .sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    }

    /// Those of one organisation, as they come to hand.
    func inNoOrder(of organization: String) -> [Device] {
        (names[organization] ?? [:]).values.compactMap { devices[$0] }
    }

    package func device(_ id: String) -> Device? { devices[id] }

    package func add(
        _ description: Device.Description, key: String?, to organization: String
    ) throws(DeviceError) -> Device {
        try check(description)
        try checkName(description.name, in: organization, except: nil)
        guard devices.count < limits.devices else { throw .tooManyDevices }
        let device = Device(
            id: ids.next { devices[$0] != nil }, organization: organization,
            description: description, createdAt: core.utc, modifiedAt: core.utc,
            keyHash: try key.map { key throws(DeviceError) in try hash(of: key) })
        keep(device)
        return device
    }

    package func change(
        _ id: String, to description: Device.Description, key: String?
    ) throws(DeviceError) -> Device {
        guard var device = devices[id] else { throw .unknownDevice }
        try check(description)
        try checkName(description.name, in: device.organization, except: id)
        device.description = description
        if let key { device.keyHash = try hash(of: key) }
        device.modifiedAt = core.utc
        keep(device)
        return device
    }

    package func delete(_ id: String) throws(DeviceError) {
        guard let device = devices.removeValue(forKey: id) else { throw .unknownDevice }
        names[device.organization]?[device.description.name] = nil
        core.write(.delete(table: "devices", key: ["id": .text(id)]))
    }

    /// Puts a device at a location, or nowhere.
    package func place(_ id: String, at location: String?) throws(DeviceError) {
        guard var device = devices[id] else { throw .unknownDevice }
        device.location = location
        keep(device)
    }

    /// The location is gone; nothing is there any more.
    package func forget(location: String) {
        let there = devices.values.filter { $0.location == location }.map(\.id)
        for id in there.sorted() { try? place(id, at: nil) }
    }

    private func hash(of key: String) throws(DeviceError) -> SecretHash {
        guard SecretToken.isOne(key) else { throw .invalidKey }
        return SecretHash(of: key)
    }

    private func keep(_ device: Device) {
        take(device)
        core.write(.put(table: "devices", row: device.row))
    }

    private func take(_ device: Device) {
        if let old = devices.updateValue(device, forKey: device.id) {
            names[old.organization]?[old.description.name] = nil
        }
        names[device.organization, default: [:]][device.description.name] = device.id
    }

    private func checkName(
        _ name: String, in organization: String, except id: String?
    ) throws(DeviceError) {
        if let owner = names[organization]?[name], owner != id { throw .nameIsTaken }
    }

    private func check(_ description: Device.Description) throws(DeviceError) {
        let bound = limits.deviceTextCharacters
        guard description.name.isPlainText(atMost: bound), !description.name.isEmpty else {
            throw .invalid(field: "name", characters: bound)
        }
        for (field, text) in [
            ("platform", description.platform), ("type", description.type),
            ("os_version", description.osVersion),
        ] where !text.isPlainText(atMost: bound) {
            throw .invalid(field: field, characters: bound)
        }
        guard description.macAddress.isEmpty || isMACAddress(description.macAddress) else {
            throw .invalidMACAddress
        }
    }

    /// What `isMACAddress` accepts, as a regular expression (ECMA-262); and nothing.
    package static let macAddressPattern = "([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|"

    /// Six pairs of hexadecimal digits with colons or hyphens between.
    private func isMACAddress(_ text: String) -> Bool {
        let pairs = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "-" }
        return pairs.count == 6
            && pairs.allSatisfy { $0.utf8.count == 2 && $0.allSatisfy(\.isHexDigit) }
    }
}
