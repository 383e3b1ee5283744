import Drivers
import Engine
import TestSupport

/// A real rotctld that a test runs.
final class Rotctld {
    let port: UInt16
    private let arguments: [String]
    private(set) var process: ChildProcess

    /// - Parameter arguments: the model and its device; Hamlib's dummy rotor when left out.
    init(_ arguments: [String] = ["-m", "1"]) async throws {
        port = try Loopback.freePort()
        self.arguments = arguments + ["-T", "127.0.0.1", "-t", String(port)]
        process = try ChildProcess("rotctld", self.arguments)
        try await process.waitForPort(port)
    }

    func kill() {
        process.kill()
    }

    /// Starts it anew on the same port.
    func restart() async throws {
        process.kill()
        process = try ChildProcess("rotctld", arguments)
        try await process.waitForPort(port)
    }

    /// A driver for it, live, with the patience that a test has.
    func driver(
        _ change: (inout RotctldSettings) -> Void = { _ in }
    ) throws -> RotorUnderTest {
        var settings = RotctldSettings(port: port)
        settings.movingPollInterval = .milliseconds(50)
        settings.idlePollInterval = .milliseconds(200)
        change(&settings)
        return try RotorUnderTest(live: true) { core in
            RotctldDriver(
                core: core, name: "1", settings: settings, links: try DeviceLinks(core: core))
        }
    }
}
