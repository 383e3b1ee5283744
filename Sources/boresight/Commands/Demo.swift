import API
import Engine
import Glibc
import JSON
import Pointing
import Transport

/// `boresight demo`: the whole station at work, with a simulated device for each that is missing.
enum Demo {
    private static let time = Option<WrittenDuration>(
        "for", "end after this time instead of on Ctrl-C")

    static let command = Command(
        "demo", "Show a rotor that follows a phone, simulated where there is no hardware",
        discussion: """
            Starts the daemon, takes gpsd and rotctld where they run on this machine and
            simulates what is missing, flies a simulated phone round the station, and shows
            how the rotor follows it.
            """,
        options: [time.declaration, Configuration.fileOption.declaration]
            + Settings.ofServer.map(\.option),
        run: run)

    /// Where the simulated station stands: on the Teufelsberg in Berlin.
    private static let place = "52.4973,13.2411,120"
    private static let rotctldPort: UInt16 = 4533

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let configuration = try Configuration.load(invocation, context)
        var plan = try DaemonPlan(configuration.settings, context)
        let log = Log(
            format: configuration.settings.logFormat, threshold: .warning,
            style: .detected(in: context.environment))
        defer { log.close() }
        let signals = EndingSignals()
        let devices = Devices(&plan)
        let daemon = try Daemon.start(plan, log: log)
        defer { daemon.stop() }
        guard let url = daemon.addresses.first?.url else { return .configuration }
        let api = try ownAPI(url, dataDirectory: plan.dataDirectory, context)
        let session = try Session(api)
        let rotor = try prepareRotor(devices, session, api)
        let phone = DemoPhone(
            url: url + "/ws/session/" + session.token, station: try station(api, context))
        let flight: SystemThread
        do throws(SystemThreadError) {
            flight = try SystemThread(name: "phone") { phone.run() }
        } catch {
            throw CommandFailure(.failure, error.reason)
        }
        defer {
            phone.end()
            flight.join()
        }
        context.print(introduction(devices, url, session, plan))
        try watch(rotor, phone, api, signals, invocation[time]?.duration, context)
        context.print("\nThe demo is over; its data stays in \(plan.dataDirectory).\n")
        return .success
    }

    /// What is real here and what is not.
    private struct Devices {
        let isReceiverReal: Bool
        let isRotorReal: Bool

        init(_ plan: inout DaemonPlan) {
            isRotorReal = PortProbe.isOpen(Demo.rotctldPort)
            guard plan.station.fixedPosition == nil else {
                isReceiverReal = false
                return
            }
            if case .gpsd(host: _, let port) = plan.station.receiver, PortProbe.isOpen(port) {
                isReceiverReal = true
            } else {
                isReceiverReal = false
                if let position = try? GeodeticPosition(parsing: Demo.place) {
                    plan.station.receiver = .simulated(position)
                }
            }
        }
    }

    private static func ownAPI(
        _ url: String, dataDirectory: String, _ context: CommandContext
    ) throws(CommandFailure) -> ServerAPI {
        let words = ["station", "--server", url, "--data", dataDirectory]
        guard
            case .run(_, let invocation) = try CommandLineParser(root: CommandTree.root).parse(
                words)
        else { throw CommandFailure(.failure, "the demo cannot reach its own station") }
        return try ServerAPI.connect(invocation, context)
    }

    private static func prepareRotor(
        _ devices: Devices, _ session: Session, _ api: ServerAPI
    ) throws(CommandFailure) -> String {
        let name = devices.isRotorReal ? "rotctld" : "simulated"
        var rotors = try RotorName.lookup(api).things
        if !rotors.contains(where: { $0.name == name }) {
            _ = try api.call(
                .post, "/api/rotors",
                [
                    "name": .string(name), "driver": .string(name), "min_azimuth": .integer(0),
                    "max_azimuth": .integer(450),
                ])
            rotors = try RotorName.lookup(api).things
        }
        guard let rotor = rotors.first(where: { $0.name == name }) else {
            throw CommandFailure(.failure, "the demo's rotor is gone")
        }
        let path = RotorName.path(rotor)
        _ = try api.call(.post, path + "/pair", ["token": .string(session.token)])
        _ = try api.call(
            .post, "/api/sessions/" + session.token + "/join", ["device_info": .string("demo")])
        return path
    }

    /// Waits until the station knows where it stands.
    private static func station(
        _ api: ServerAPI, _ context: CommandContext
    ) throws(CommandFailure) -> GeodeticPosition {
        for _ in 0..<300 {
            let answer = try api.call(.get, "/api/station").value.objectValue
            if let latitude = answer?["latitude"]?.doubleValue,
                let longitude = answer?["longitude"]?.doubleValue,
                let position = try? GeodeticPosition(
                    latitudeDegrees: latitude, longitudeDegrees: longitude,
                    altitudeMeters: answer?["altitude"]?.doubleValue ?? 0)
            {
                return position
            }
            usleep(100_000)
        }
        throw CommandFailure(
            .unavailable, "gpsd has no position after 30 s",
            hint: "give one: --station LAT,LON[,ALT]")
    }

    private static func introduction(
        _ devices: Devices, _ url: String, _ session: Session, _ plan: DaemonPlan
    ) -> String {
        let program = CommandLine.arguments.first ?? "boresight"
        return """
            The station is at work: receiver \(devices.isReceiverReal ? "gpsd" : "simulated"), \
            rotor \(devices.isRotorReal ? "rotctld" : "simulated"), phone simulated.

              laptop page   \(url)/
              phone page    \(session.urls[0])
              station token \(plan.adminTokenFile)

            Try next, in another terminal:
              \(program) rotor position --server \(url)
              \(program) rotor stop --server \(url) --data \(plan.dataDirectory)
              \(program) pair --server \(url) --data \(plan.dataDirectory)

            Ctrl-C ends it.

            """
    }

    /// One line a second until a signal comes or the time is over.
    private static func watch(
        _ rotor: String, _ phone: DemoPhone, _ api: ServerAPI, _ signals: EndingSignals,
        _ time: Duration?, _ context: CommandContext
    ) throws(CommandFailure) {
        context.print("\n  phone at               target az    el   rotor az    el   off by\n")
        var seconds: Int64 = 0
        while true {
            if signals.wait(atMost: .seconds(1)) != nil { return }
            seconds += 1
            if let time, .seconds(seconds) >= time { return }
            guard let position = phone.position else { continue }
            let station = try station(api, context)
            guard let look = LookAngle(from: station, to: position) else { continue }
            let answer = try? api.call(.get, rotor + "/position").value.objectValue
            guard let azimuth = answer?["azimuth"]?.doubleValue,
                let elevation = answer?["elevation"]?.doubleValue
            else { continue }
            context.print(line(position, look, azimuth, elevation))
        }
    }

    private static func line(
        _ position: GeodeticPosition, _ look: LookAngle, _ azimuth: Double, _ elevation: Double
    ) -> String {
        let turned = Angles.wrapped(azimuth - look.azimuthDegrees + 180) - 180
        let off = max(abs(turned), abs(elevation - look.elevationDegrees))
        let cells = [
            Words.decimal(position.latitudeDegrees, 5, width: 9) + ", "
                + Words.decimal(position.longitudeDegrees, 5, width: 9),
            Words.decimal(look.azimuthDegrees, 1, width: 9) + " "
                + Words.decimal(look.elevationDegrees, 1, width: 5),
            Words.decimal(azimuth, 1, width: 9) + " " + Words.decimal(elevation, 1, width: 5),
            Words.decimal(off, 1, width: 6),
        ]
        return "  " + cells.joined(separator: "  ") + "°\n"
    }
}
