import API
import Engine
import Glibc
import Recording
import Simulation
import Station
import Store
import Transport

/// `boresight replay FILE --serve`: a live station with the devices of a recording.
enum ReplayServe {
    static let serve = Flag(
        "serve", "replay the devices only, in their own time, and open the real HTTP port")
    private static let keepDates = Flag(
        "keep-dates", "with --serve: leave receivers' dates as they were, instead of now")

    static let options: [OptionDeclaration] =
        [serve.declaration, keepDates.declaration, Configuration.fileOption.declaration]
        + Settings.ofServer.map(\.option).filter { $0.name != "seed" }

    static func run(
        _ path: String, _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let source = try RecordingSource(path: path, context)
        var reader = try source.reader()
        let from = try begin(invocation)
        let configuration = try Configuration.load(invocation, context)
        var plan = try DaemonPlan(configuration.settings, context)
        let then = reader.header.utc.advanced(by: from)
        let shift = invocation[keepDates] ? .zero : then.duration(to: WallClock.now)
        let devices: RecordedDevices
        do {
            let recorded = try StationPlan(reader.header.configuration)
            plan.station.receiver = recorded.receiver
            plan.station.fixedPosition = recorded.fixedPosition
            devices = try RecordedDevices(
                &reader, from: from, gap: ReplayCommand.gap(invocation), shift: shift)
        } catch {
            throw source.failure(error)
        }
        plan.devices = .recorded(devices)
        plan.dataDirectory = try temporaryFolder()
        plan.history = nil
        defer { removeFolder(plan.dataDirectory) }
        try store(devices.rotors, in: plan.dataDirectory)
        return try serve(plan, devices, configuration, context)
    }

    private static func begin(_ invocation: Invocation) throws(CommandFailure) -> Duration {
        switch ReplayCommand.from(invocation) {
        case nil: return .zero
        case .time(let time): return time
        case .event:
            throw invocation.usageFailure("with --serve, --from takes a time such as 5m")
        }
    }

    private static func serve(
        _ plan: DaemonPlan, _ devices: RecordedDevices, _ configuration: Configuration,
        _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let log = Log(configuration.settings, context)
        defer { log.close() }
        let signals = EndingSignals()
        let daemon = try Daemon.start(plan, log: log)
        defer { daemon.stop() }
        let names = devices.devices.values.map(\.stream).sorted().joined(separator: ", ")
        log.write(.info, "replay", "serving recorded devices", ["devices": names])
        if let first = daemon.addresses.first {
            context.print("token file \(plan.adminTokenFile)\n")
            context.print("ready \(first.url)\n")
        }
        log.write(.info, "replay", "ending", ["signal": signals.wait()])
        return .success
    }

    /// A fresh station has the recorded rotors, paired with nobody.
    private static func store(_ rotors: [StoreRow], in folder: String) throws(CommandFailure) {
        do throws(StoreError) {
            let store = try SQLiteStore(directory: folder) { _ in }
            let writes = rotors.map { row in
                StoreWrite.put(
                    table: "rotors",
                    row: StoreRow(
                        columns: row.columns.map { column in
                            guard column.name == "paired_token_hash" else { return column }
                            return StoreRow.Column(name: column.name, value: .null)
                        }))
            }
            store.commit(writes) {}
            try store.close()
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }

    private static func temporaryFolder() throws(CommandFailure) -> String {
        var template = Array("/tmp/boresight-replay-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandFailure(.failure, "cannot make a folder in /tmp")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Everything in it is ours: the store, its journal, the token.
    private static func removeFolder(_ path: String) {
        guard let directory = opendir(path) else { return }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink(path + "/" + name) }
        }
        closedir(directory)
        rmdir(path)
    }
}
