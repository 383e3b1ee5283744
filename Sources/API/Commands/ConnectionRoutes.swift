import Engine
import JSON
import Station
import Transport

/// 002 connections: the ways to a device. Secrets go in and never come out.
struct ConnectionRoutes: Sendable {
    let station: FieldStation

    private static let path = "/api/v1/controller/device/{id}/connection/"

    var routes: [Route] {
        [
            Route("GET", Self.path, list, operations.list),
            Route("POST", Self.path, add, operations.add),
            Route("GET", Self.path + "{cid}/", show, operations.show),
            Route("PUT", Self.path + "{cid}/", replace, operations.replace),
            Route("PATCH", Self.path + "{cid}/", change, operations.change),
            Route("DELETE", Self.path + "{cid}/", delete, operations.delete),
        ]
    }

    private var operations: ConnectionOperations {
        ConnectionOperations(limits: station.commands.limits)
    }

    private var access: Access { Access(station: station) }

    private func wording(_ error: CommandError) -> APIError { APIError(error, station) }

    // MARK: Answers

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .viewDevice, .changeDevice)
        let page = try Page(request)
        let connections = station.commands.enter { $0.connections(of: device.id) }
        return try page.reply(connections, path: request.http.path) { .object(Self.json($0)) }
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .viewDevice, .changeDevice)
        return .object(Self.json(try connection(request, of: device)))
    }

    private func connection(
        _ request: APIRequest, of device: Device
    ) throws(APIError) -> DeviceConnection {
        try station.commands.enter(throwing: wording) { commands throws(CommandError) in
            try commands.connection(request[parameter: "cid"], of: device.id)
        }
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .changeDevice)
        let connection = try connect(device, try Self.body(try request.object(), base: nil))
        return .object(Self.json(connection), status: 201)
    }

    private func connect(_ device: Device, _ wish: Wish) throws(APIError) -> DeviceConnection {
        try station.commands.enter(throwing: wording) { commands throws(CommandError) in
            try commands.connect(device.id, wish.driver, wish.parameters)
        }
    }

    /// Makes a device's first connection, which the body that describes the device may name.
    ///
    /// - Parameter add: makes the device, once nothing is wrong with the connection.
    func first(
        in body: JSONObject, of add: () throws(APIError) -> Device
    ) throws(APIError) -> Device {
        guard let driver = body["driver"], driver != .null else {
            guard body["parameters"] == nil || body["parameters"]?.objectValue != nil else {
                throw APIError(field: "parameters", "Expected a dictionary of items.")
            }
            return try add()
        }
        var named = body
        if body["parameters"] == nil { named["parameters"] = .object([:]) }
        let wish = try Self.body(named, base: nil)
        try station.commands.enter(throwing: wording) { commands throws(CommandError) in
            try commands.check(wish.driver, wish.parameters)
        }
        let device = try add()
        _ = try connect(device, wish)
        return device
    }

    private func replace(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .changeDevice)
        let old = try connection(request, of: device)
        return try change(old, try Self.body(try request.object(), base: nil))
    }

    private func change(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .changeDevice)
        let old = try connection(request, of: device)
        return try change(old, try Self.body(try request.object(), base: old.parameters))
    }

    private func change(
        _ old: DeviceConnection, _ new: Wish
    ) throws(APIError) -> Reply {
        let connection = try station.commands.enter(throwing: wording) {
            commands throws(CommandError) in
            try commands.change(old.id, of: old.device, to: new.driver, new.parameters)
        }
        return .object(Self.json(connection))
    }

    private func delete(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .changeDevice)
        try station.commands.enter(throwing: wording) { commands throws(CommandError) in
            try commands.disconnect(request[parameter: "cid"], of: device.id)
        }
        return .empty(204)
    }

    // MARK: JSON

    private typealias Wish = (driver: ConnectionParameters.Driver, parameters: JSONObject)

    /// - Parameter base: what stays where the body says nothing; nil for nothing.
    private static func body(
        _ body: JSONObject, base: ConnectionParameters?
    ) throws(APIError) -> Wish {
        let driver = try Choice.read(body, "driver", base: base?.driver)
        switch body["parameters"] {
        case nil where base == nil: throw APIError(field: "parameters", "This field is required.")
        case nil where base?.driver != driver: return (driver, [:])
        case nil: return (driver, base?.shown ?? [:])
        case .object(let parameters)?: return (driver, parameters)
        default:
            throw APIError(field: "parameters", "Expected a dictionary of items.")
        }
    }

    private static func json(_ connection: DeviceConnection) -> JSONObject {
        [
            "id": .string(connection.id), "device": .string(connection.device),
            "driver": .string(connection.parameters.driver.rawValue),
            "parameters": .object(connection.parameters.shown),
            "created": .string(connection.createdAt.text(.microsecondsIfAny)),
            "modified": .string(connection.modifiedAt.text(.microsecondsIfAny)),
        ]
    }
}
