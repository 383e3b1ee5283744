import Drivers
import Engine
import JSON
import Station
import Transport

/// 002 commands: what a device is told to do, and what came of it.
struct CommandRoutes: Sendable {
    let station: FieldStation

    private static let path = "/api/v1/controller/device/{id}/command/"

    var routes: [Route] {
        [
            Route("GET", Self.path, list, operations.list),
            Route("POST", Self.path, add, operations.add),
            Route("GET", Self.path + "{cid}/", show, operations.show),
        ]
    }

    private var operations: CommandOperations {
        CommandOperations(limits: station.commands.limits)
    }

    private var access: Access { Access(station: station) }

    private func wording(_ error: CommandError) -> APIError { APIError(error, station) }

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .viewDevice, .changeDevice)
        let page = try Page(request)
        let commands = station.commands.enter { $0.commands(of: device.id) }
        return try page.reply(commands, path: request.http.path) { .object(json($0)) }
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .viewDevice, .changeDevice)
        let command = try station.commands.enter(throwing: wording) {
            commands throws(CommandError) in
            try commands.command(request[parameter: "cid"], of: device.id)
        }
        return .object(json(command))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try access.user(request)
        let device = try access.device(request, anyOf: .changeDevice)
        let wish = try wish(request, for: device)
        let command = try station.commands.enter(throwing: wording) {
            commands throws(CommandError) in
            try commands.submit(wish, to: device.id, by: user.id)
        }
        return .object(command.json(isConnected: true), status: 201)
            .noted(AuditNote(details: command.kind.rawValue, organization: device.organization))
    }

    private func wish(_ request: APIRequest, for device: Device) throws(APIError) -> CommandWish {
        let body = try request.object()
        let kind: DeviceOrder.Kind = try Choice.read(body, "type")
        var wish = CommandWish(kind, input: body["input"])
        if wish.input == nil, [.custom, .changePassword, .point].contains(kind) {
            throw APIError(field: "input", "This field is required.")
        }
        switch body["connection"] {
        case nil, .null?: break
        case .string(let id)?: wish.connection = try known(id, of: device)
        case let value?: throw APIError(field: "connection", "“\(value.text)” is not a valid UUID.")
        }
        switch body["expires_in"] {
        case nil, .null?: break
        case let value?:
            guard let seconds = value.doubleValue, BodyFields.seconds.contains(seconds) else {
                throw APIError(field: "expires_in", "A valid number is required.")
            }
            wish.expiry = .seconds(seconds)
        }
        wish.key = request.http.headers["Idempotency-Key"]
        return wish
    }

    private func known(_ connection: String, of device: Device) throws(APIError) -> String {
        let isKnown = station.commands.enter {
            (try? $0.connection(connection, of: device.id)) != nil
        }
        guard isKnown else {
            throw APIError(
                field: "connection", "Invalid pk \"\(connection)\" - object does not exist.")
        }
        return connection
    }

    private func json(_ command: Command) -> JSONObject {
        command.json(isConnected: station.commands.enter { $0.isConnected(command) })
    }
}
