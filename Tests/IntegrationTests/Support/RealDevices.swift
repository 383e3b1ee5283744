import Glibc
import TestSupport
import Testing

/// A real rotctld with Hamlib's dummy rotor.
final class RealRotctld {
    let port: UInt16
    private(set) var process: ChildProcess
    private var arguments: [String] { ["-m", "1", "-T", "127.0.0.1", "-t", String(port)] }

    init() async throws {
        port = try Loopback.freePort()
        process = try ChildProcess(
            "rotctld", ["-m", "1", "-T", "127.0.0.1", "-t", String(port)])
        try await process.waitForPort(port)
    }

    func kill() {
        process.kill()
    }

    func restart() async throws {
        process.kill()
        process = try ChildProcess("rotctld", arguments)
        try await process.waitForPort(port)
    }

    /// Where Hamlib's own client says the rotor stands.
    func position() async throws -> (azimuth: Double, elevation: Double) {
        let client = try ChildProcess("rotctl", ["-m", "2", "-r", "127.0.0.1:\(port)", "p"])
        _ = await client.waitForExit()
        // The reader of the output may be a little behind the exit.
        var numbers: [Double] = []
        _ = await eventually {
            numbers = client.standardOutput.split(separator: "\n").compactMap { Double($0) }
            return numbers.count >= 2
        }
        guard numbers.count >= 2 else {
            throw ChildProcess.Failure(
                description: "rotctl: \(client.standardOutput) \(client.standardError)")
        }
        return (numbers[0], numbers[1])
    }

    /// Waits until Hamlib's own client reads the rotor there.
    func stands(
        where isThere: (_ azimuth: Double, _ elevation: Double) -> Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        var last = try await position()
        while !isThere(last.azimuth, last.elevation), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(50))
            last = try await position()
        }
        #expect(
            isThere(last.azimuth, last.elevation), "it stands at \(last)",
            sourceLocation: sourceLocation)
    }
}

/// A real gpsd with a receiver on a pseudo-terminal.
final class RealGpsd {
    let receiver: NMEAReceiver
    let port: UInt16
    private(set) var process: ChildProcess

    init(latitude: Double, longitude: Double) async throws {
        receiver = try NMEAReceiver()
        receiver.move(latitudeDegrees: latitude, longitudeDegrees: longitude)
        port = try Loopback.freePort()
        process = try Self.start(port, receiver.terminal.path)
        try await process.waitForPort(port)
    }

    deinit {
        receiver.end()
    }

    func kill() {
        process.kill()
    }

    func restart() async throws {
        process.kill()
        process = try Self.start(port, receiver.terminal.path)
        try await process.waitForPort(port)
    }

    private static func start(_ port: UInt16, _ device: String) throws -> ChildProcess {
        try ChildProcess(program, ["-N", "-n", "-S", String(port), device])
    }

    /// Debian installs it where only root's path looks.
    private static var program: String {
        access("/usr/sbin/gpsd", X_OK) == 0 ? "/usr/sbin/gpsd" : "gpsd"
    }
}
