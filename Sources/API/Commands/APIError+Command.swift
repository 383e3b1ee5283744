import Drivers
import Engine
import Station

extension APIError {
    /// The refusal as 002 words it.
    init(_ error: CommandError, _ station: FieldStation) {
        switch error {
        case .unknownConnection, .unknownCommand: self.init(404, "Not found.")
        case .tooManyConnections:
            self.init(409, "the device has too many connections; delete one first")
        case .parameters(let message): self.init(field: "parameters", message)
        case .noConnection:
            self.init(field: "device", "Device has no credentials assigned.")
        case .notPossible(let kind, nil):
            self.init(
                field: "type",
                "\"\(kind.rawValue)\" is not available: no connection of the device takes it.")
        case .notPossible(let kind, let driver?):
            self.init(
                field: "type",
                "\"\(kind.rawValue)\" is not available for the driver \(driver.rawValue).")
        case .input(let message): self.init(field: "input", message)
        case .invalidExpiry:
            self.init(field: "expires_in", "Must be from 1 second to 31 days.")
        case .invalidKey: self.init(400, "Idempotency-Key must have 1 to 255 characters")
        case .keyIsUsed:
            self.init(422, "this Idempotency-Key was used for another command")
        case .tooManyCommands:
            self.init(503, "too many commands wait already")
            self = with(header: "Retry-After", "5")
        case .leased(let user, let since): self.init(leasedBy: user, since: since, station)
        }
    }
}
