import Engine

extension FieldStation {
    /// How the drivers are, as far as they are known without asking one. Core only.
    ///
    /// What is not listed here has nobody who would know: its state is only seen when it is used.
    package var driverHealth: [DriverHealth] {
        [position.enter { $0.health }]
            + rotors.enter { $0.all() }.map { $0.enter { $0.health } }
            + deviceHealth + nights.enter { $0.roomHealth }
            + [workspaces.enter { $0.tunnelHealth }].compactMap(\.self)
    }

    private var deviceHealth: [DriverHealth] {
        let uses = commands.enter { $0.lastUses(atMost: healthLimits.connections) }
        let utc = core.utc
        return uses.compactMap { use -> DriverHealth? in
            guard let device = devices.enter({ $0.device(use.connection.device) }) else {
                return nil
            }
            var health = DriverHealth(
                .device, device.description.name, use.state, detail: use.detail)
            health.organization = device.organization
            if let command = use.command {
                let age = max(command.modifiedAt.duration(to: utc), .zero)
                health.values = [
                    .init("lastCommand", .text(command.status.rawValue), age: age)
                ]
            }
            return health
        }
    }
}
