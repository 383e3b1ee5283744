import API
import CLinux
import Drivers
import Engine
import Glibc
import Pointing
import Recording
import Station
import Store
import Synchronization
import Tiles
import Transport

/// A running station: the core on its thread, and the edge around it.
///
/// Made by `start`, ended by `stop`; both block, and belong to one thread.
final class Daemon {
    /// Where the listeners listen, in the order of the settings.
    let addresses: [BoundAddress]
    /// True once the store has given up: what was not stored is only in memory, so the daemon must
    /// end and start again from the disk.
    var hasLostItsStore: Bool { lostStore.withLock { $0 } }

    private let core: Core
    private let thread: SystemThread
    private let transport: TransportServer
    private let world: StationWorld
    private let store: SQLiteStore
    private let log: Log
    private let lostStore: Doorway<Bool>
    private let recorder: StationRecorder
    /// Nil where no program runs.
    private let sessionFiles: SessionFiles?

    /// How long a clean end may take for answers that are under way; SIGTERM promises 5 s in all.
    private static let shutDownGrace = Duration.seconds(2)

    /// Opens the store, makes the station, starts its threads and listens.
    static func start(_ plan: DaemonPlan, log: Log) throws(CommandFailure) -> Daemon {
        signal(SIGPIPE, SIG_IGN)
        // A file-size limit is then an error of the store and not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        return try Daemon(plan, log)
    }

    private init(_ plan: DaemonPlan, _ log: Log) throws(CommandFailure) {
        self.log = log
        let lostStore = Doorway(false)
        let healthDoor = Doorway<InputPort<StoreHealthReport>?>(nil)
        let store = try Self.openStore(plan.dataDirectory, log, lostStore, healthDoor)
        var plan = plan
        // It keeps files in the data folder, which is there from here on.
        try plan.addSecureListeners(log)
        Self.clearLeftovers(plan.dataDirectory, log)
        let rows = try StoredRows(store)
        let utc = WallClock.now
        let recorder = try StationRecorder.start(plan, utc: utc, rows: rows, log)
        let core = Core(
            pace: .live, seed: plan.seed, utc: utc, store: store, observer: recorder.observer,
            entropy: { SystemEntropy.bytes($0) }, log: { log.write($0) })
        let inputDoor = Doorway<InputPort<TransportInput>?>(nil)
        let serverDoor = Doorway<TransportServer?>(nil)
        let transport: TransportServer
        do throws(TransportError) {
            transport = try TransportServer(
                listeners: plan.listeners,
                bodyLimit: { GatewaySettings.bodyLimit(path: $0) },
                content: Self.content(plan, recorder)
            ) { inputs in
                let accepted = inputDoor.withLock { $0 }?.send(contentsOf: inputs) ?? false
                if !accepted { serverDoor.withLock { $0 }?.perform(Overload.answers(to: inputs)) }
            }
        } catch {
            throw CommandFailure(.unavailable, error.description)
        }
        serverDoor.withLock { [weak transport] in $0 = transport }
        let sessionFiles = try plan.station.workspaces.folder.map { folder throws(CommandFailure) in
            try SessionFiles(folder: folder)
        }
        try sessionFiles?.start()
        let world = try Self.world(plan, core, rows, recorder) { transport.perform($0) }
        // The rows of a big store have been many small pieces, which are of no use any more.
        malloc_trim(0)
        inputDoor.withLock { $0 = world.gateway.inputPort() }
        healthDoor.withLock { $0 = world.gateway.storeHealthPort() }
        do throws(TransportError) {
            addresses = try transport.start()
        } catch {
            world.stop()
            throw CommandFailure(.unavailable, error.description)
        }
        do throws(SystemThreadError) {
            thread = try SystemThread(name: "core") { core.runLive() }
        } catch {
            throw CommandFailure(.failure, "cannot start a thread: \(error.reason)")
        }
        (self.core, self.transport, self.store) = (core, transport, store)
        self.world = world
        self.lostStore = lostStore
        self.recorder = recorder
        self.sessionFiles = sessionFiles
    }

    private static func content(_ plan: DaemonPlan, _ recorder: StationRecorder) -> ContentDesk {
        ContentDesk(
            maps: TileLibrary(folder: plan.tiles),
            recordings: RecordingFolder(path: StationRecorder.folder(plan.dataDirectory)),
            isRunning: { recorder.isRunning($0) })
    }

    private static func world(
        _ plan: DaemonPlan, _ core: Core, _ rows: StoredRows, _ recorder: StationRecorder,
        perform: @escaping @Sendable ([TransportOutput]) -> Void
    ) throws(CommandFailure) -> StationWorld {
        let hostKey = try HostKeyFile.key(
            configured: plan.hostKeyFile, directory: plan.dataDirectory)
        do {
            return try core.perform {
                try StationWorld(
                    plan.station, core: core, links: try links(plan.devices, core),
                    ssh: ssh(plan.devices, core), web: web(plan, core),
                    processes: processes(plan, core),
                    passwordEdge: PasswordThread(), hostKey: hostKey,
                    stored: { rows[$0] },
                    keep: { try PrivateFile.write($0.text, to: plan.adminTokenFile) },
                    perform: perform, record: { recorder.obey($0) })
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.failure, "cannot put the station together: \(error)")
        }
    }

    private static func links(
        _ devices: DaemonPlan.Devices, _ core: Core
    ) throws(LinkError) -> DeviceLinks {
        switch devices {
        case .sockets: try DeviceLinks(core: core)
        case .recorded(let devices):
            try DeviceLinks(core: core) { handler throws(LinkError) in
                try RecordedDeviceEdge(devices, onEvent: handler)
            }
        }
    }

    private static func ssh(_ devices: DaemonPlan.Devices, _ core: Core) -> SSHRuns {
        switch devices {
        case .sockets: SSHRuns(core: core)
        // What a recorded device printed belongs to a command that nobody gives again.
        case .recorded: SSHRuns(core: core) { RefusingSSHEdge(onEvent: $0) }
        }
    }

    private static func processes(_ plan: DaemonPlan, _ core: Core) -> ProcessRuns {
        switch plan.devices {
        case .sockets:
            ProcessRuns(core: core) { SystemProcessEdge(station: plan.dataDirectory, onEvent: $0) }
        // What a program did belongs to a session of then.
        case .recorded: ProcessRuns(core: core) { RefusingProcessEdge(onEvent: $0) }
        }
    }

    /// Ends what programs of this station outlived the daemon before. The store is open: no other
    /// daemon has this folder.
    private static func clearLeftovers(_ directory: String, _ log: Log) {
        let (found, left) = ProcessLeftovers.clear(station: directory)
        guard found > 0 else { return }
        log.write(
            left == 0 ? .warning : .error, "process", "ended what a crash had left running",
            ["processes": "\(found)", "left": "\(left)"])
    }

    private static func web(_ plan: DaemonPlan, _ core: Core) -> WebLines {
        switch plan.devices {
        case .sockets:
            WebLines(core: core) {
                WebClientEdge(
                    authorityFile: plan.webAuthority, program: "Boresight/\(Version.current)",
                    onEvent: $0)
            }
        // What a server answered belongs to a call that was made then.
        case .recorded: WebLines(core: core) { RefusingWebEdge(onEvent: $0) }
        }
    }

    /// Takes no new work, closes the sockets with 1001, stores what is left.
    func stop() {
        transport.stopAccepting()
        transport.shutDown(grace: Self.shutDownGrace)
        core.stop()
        thread.join()
        recorder.close()
        world.stop()
        sessionFiles?.stop()
        do throws(StoreError) {
            try store.close()
        } catch {
            log.write(.error, "store", "could not be closed cleanly", ["reason": error.description])
        }
    }

    private static func openStore(
        _ directory: String, _ log: Log, _ lostStore: Doorway<Bool>,
        _ door: Doorway<InputPort<StoreHealthReport>?>
    ) throws(CommandFailure) -> SQLiteStore {
        do throws(StoreError) {
            return try SQLiteStore(directory: directory) { health in
                let problem = StoreNews.problem(health)
                log.write(
                    problem == nil ? .info : .error, "store",
                    problem == nil ? "stores again" : "cannot store",
                    ["reason": problem ?? "none"])
                if case .halted = health {
                    lostStore.withLock { $0 = true }
                    kill(getpid(), SIGTERM)
                }
                door.withLock { $0 }?.send(StoreHealthReport(problem: problem))
            }
        } catch {
            throw CommandFailure(.failure, error.description)
        }
    }
}

/// A place that is filled once both sides of it exist; shared between threads.
final class Doorway<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        value.withLock { value in body(&value) }
    }
}

/// What the transport answers when the core's inbox is full.
private enum Overload {
    static func answers(to inputs: [TransportInput]) -> [TransportOutput] {
        inputs.compactMap { input in
            switch input {
            case .request(let request): unavailable(request.id)
            case .bridgeFailed(let request, _): unavailable(request)
            case .message(let socket, _), .opened(let socket):
                // A lost frame would be silent: rather end the socket.
                .close(webSocket: socket, code: 1013, reason: "overloaded")
            // Totals are told again.
            case .abandoned, .closed, .bridged: nil
            }
        }
    }

    private static func unavailable(_ request: UInt64) -> TransportOutput {
        .respond(
            request: request,
            HTTPResponse(status: 503, headers: HTTPHeaders([("Retry-After", "1")])))
    }
}

/// The store's health in one sentence.
private enum StoreNews {
    static func problem(_ health: StoreHealth) -> String? {
        switch health {
        case .ok: nil
        case .failing(let reason, _): "\(reason)"
        case .overloaded(let turns, let reason):
            "\(turns) turns wait for the disk" + (reason.map { ": \($0)" } ?? "")
        case .halted(let reason): "\(reason)"
        }
    }
}
