import Drivers
import Engine
import Pointing

extension RotorController {
    var health: DriverHealth {
        let now = core.now
        let status = status
        var health = DriverHealth(
            .rotor, settings.name, driverState, isSimulated: settings.driver == .simulated,
            now: now)
        if driverState?.problem == nil,
            let problem = status.problems.first(where: { $0.source == .rotor })
        {
            health = DriverHealth(.rotor, settings.name, .stale, detail: problem.detail)
        }
        if settings.driver == .rotctld { health.address = "\(settings.host):\(settings.port)" }
        if let position = status.position {
            health.values = [
                .init(
                    "azimuth", .number(position.azimuthDegrees, unit: "degree"),
                    age: status.positionAge),
                .init(
                    "elevation", .number(position.elevationDegrees, unit: "degree"),
                    age: status.positionAge),
                .init("moving", .flag(status.isMoving), age: status.positionAge),
            ]
        }
        if let model = connection.model {
            health.values.append(.init("model", .count(model), age: nil))
        }
        if let lastCommand {
            health.values.append(
                .init(
                    "lastCommand", .text(lastCommand.command.words),
                    age: lastCommand.at.duration(to: now)))
        }
        return health
    }
}

extension RotorCommand {
    /// As an operator reads it: `point 372 10.25`.
    fileprivate var words: String {
        switch self {
        case .point(let azimuth, let elevation):
            "point \(Self.hundredths(azimuth)) \(Self.hundredths(elevation))"
        case .stop: "stop"
        case .park: "park"
        }
    }

    private static func hundredths(_ degrees: Double) -> String {
        let text = ((degrees * 100).rounded() / 100 + 0).description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
