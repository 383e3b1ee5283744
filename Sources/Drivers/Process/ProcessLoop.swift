private import CLinux
import Engine
private import Glibc

/// What other threads have for the edge's thread.
enum ProcessLetter: Sendable {
    case action(UInt64, ProcessAction)
    case stop
}

/// The edge's thread: waits for ends, output, letters and time, and lets each run take its course.
final class ProcessLoop {
    private let mailbox: LinkMailbox<ProcessLetter>
    private let station: String
    private let limits: ProcessLimits
    private let onEvent: @Sendable (UInt64, ProcessEvent) -> Bool
    private var programs: [UInt64: RunningProgram] = [:]
    private var ports: ProgramPorts
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    /// What the core had no room for, oldest first. Bounded, as each run reports three events.
    private var refused: [(run: UInt64, event: ProcessEvent)] = []
    /// When what is left then is left alone; nil while the edge is wanted.
    private var end: Int64?

    init(
        station: String, mailbox: LinkMailbox<ProcessLetter>, limits: ProcessLimits,
        onEvent: @escaping @Sendable (UInt64, ProcessEvent) -> Bool
    ) {
        self.station = station
        self.mailbox = mailbox
        self.limits = limits
        self.onEvent = onEvent
        ports = ProgramPorts(limits.ports)
    }

    deinit {
        buffer.deallocate()
    }

    private var now: Int64 { clinux_monotonic_nanoseconds() }

    private var inOrder: [RunningProgram] {
        programs.values.sorted { $0.number < $1.number }
    }

    func run() {
        while !isDone {
            let ready = waitForReady()
            deliverRefused()
            for program in inOrder {
                if ready.contains(program.process.output) { takeOutput(program) }
                if ready.contains(program.process.descriptor) {
                    program.noteEnd()
                    perform(program.life.leaderEnded(at: now), program)
                }
                perform(program.life.wake(at: now), program)
            }
            // Last: a new program may get the number of a descriptor that was ready.
            readMail()
        }
        for program in inOrder {
            say(program.number, .failed(.notEnded))
            release(program)
        }
    }

    private var isDone: Bool { end.map { programs.isEmpty || now >= $0 } ?? false }

    /// Waits until something is to be done; the descriptors that are ready.
    private func waitForReady() -> Set<Int32> {
        var polled = [mailbox.descriptor]
        for program in inOrder {
            if program.outputIsOpen { polled.append(program.process.output) }
            if !program.hasEnded { polled.append(program.process.descriptor) }
        }
        var entries = polled.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&entries, nfds_t(entries.count), millisecondsToWait()) > 0 else { return [] }
        return Set(entries.filter { $0.revents != 0 }.map(\.fd))
    }

    private func millisecondsToWait() -> Int32 {
        var next = programs.values.map(\.life.nextDue).min() ?? .max
        if !refused.isEmpty { next = min(next, now + limits.redelivery.nanoseconds) }
        if let end { next = min(next, end) }
        guard next < .max else { return -1 }
        return Int32(clamping: max(0, next - now) / 1_000_000 + 1)
    }

    // MARK: Letters

    private func readMail() {
        for letter in mailbox.takeAll() {
            switch letter {
            case .stop:
                end = now + (limits.lastGrace + limits.patience).nanoseconds
                for program in inOrder {
                    perform(program.life.stop(at: now, most: limits.lastGrace), program)
                }
            case .action(let number, .start(let call)): start(number, call)
            case .action(let number, .stop):
                guard let program = programs[number] else { continue }
                perform(program.life.stop(at: now), program)
            }
        }
    }

    // MARK: Starting

    private func start(_ number: UInt64, _ call: ProgramCall) {
        var port: UInt16?
        do throws(ProcessError) {
            try check(call)
            port = try self.port(for: call.readiness)
            let program = try launch(number, call, port: port)
            programs[number] = program
            if port == nil { say(number, .started(port: nil)) }
        } catch {
            if call.readiness == .pickedPort, let port { ports.giveBack(port) }
            say(number, .failed(error))
        }
    }

    private func check(_ call: ProgramCall) throws(ProcessError) {
        guard end == nil else { throw .cancelled }
        guard limits.allow(call) else { throw .invalidCall }
        guard programs.count < limits.programs else { throw .tooMany }
        guard !programs.values.contains(where: { $0.name == call.name }) else { throw .nameTaken }
    }

    private func port(for readiness: ProgramReadiness) throws(ProcessError) -> UInt16? {
        switch readiness {
        case .atOnce: return nil
        case .port(let port):
            guard ProgramPorts.isFree(port) else { throw .portTaken }
            return port
        case .pickedPort:
            guard let port = ports.pick() else { throw .noPort }
            return port
        }
    }

    private func launch(
        _ number: UInt64, _ call: ProgramCall, port: UInt16?
    ) throws(ProcessError) -> RunningProgram {
        let cookie = ProcessCookie(station: station, session: call.name)
        let sink = try ProgramSink(call.output, limits)
        let process = try SpawnedProgram(
            call.executable, arguments: call.arguments.map { $0.filled(port: port) },
            environment: environment(call, cookie, port: port),
            directory: call.workingDirectory ?? "/")
        return RunningProgram(
            number: number, call: call, cookie: cookie, port: port, process: process, sink: sink,
            life: ProcessRun(
                at: now, waitsForPort: port != nil, startTimeout: call.startTimeout,
                stopGrace: call.stopGrace, limits: limits))
    }

    /// What the program finds in its environment, and nothing else.
    private func environment(
        _ call: ProgramCall, _ cookie: ProcessCookie, port: UInt16?
    ) -> [String] {
        var variables: [String: String] = [:]
        for name in limits.inherited {
            variables[name] = getenv(name).map { String(cString: $0) }
        }
        for (name, value) in call.environment { variables[name] = value.filled(port: port) }
        for (name, value) in cookie.variables { variables[name] = value }
        return variables.map { "\($0.key)=\($0.value)" }.sorted()
    }

    // MARK: Runs

    private func perform(_ steps: [ProcessRun.Step], _ program: RunningProgram) {
        for step in steps {
            switch step {
            case .tryPort:
                let isOpen = program.port.map(ProgramPorts.accepts) ?? true
                perform(program.life.tried(isOpen: isOpen, at: now), program)
            case .reportStarted: say(program.number, .started(port: program.port))
            case .look(let signal):
                let left = program.look(signal)
                // The leader's end is heard of in a moment, and only then is it over.
                let isOver = left == 0 && program.hasEnded
                perform(program.life.looked(left: isOver ? 0 : max(1, left), at: now), program)
            case .finish(let failure): finish(program, failure)
            }
        }
    }

    private func takeOutput(_ program: RunningProgram) {
        do throws(ProcessError) {
            _ = try program.takeOutput(buffer)
        } catch {
            perform(program.life.fail(error, at: now), program)
        }
    }

    /// Nobody is left who could write: what is in the pipe is the last of it.
    private func finish(_ program: RunningProgram, _ failure: ProcessError?) {
        var failure = failure
        do throws(ProcessError) {
            while try program.takeOutput(buffer) {}
        } catch {
            failure = failure ?? error
        }
        let exit = program.process.reap()
        release(program)
        if failure == nil, let bytes = program.captured { say(program.number, .output(bytes)) }
        say(program.number, failure.map { .failed($0) } ?? exit)
    }

    private func release(_ program: RunningProgram) {
        program.process.closeAll()
        if program.hasPickedPort, let port = program.port { ports.giveBack(port) }
        programs[program.number] = nil
    }

    // MARK: Reports

    private func say(_ run: UInt64, _ event: ProcessEvent) {
        if !refused.isEmpty || !onEvent(run, event) { refused.append((run, event)) }
    }

    private func deliverRefused() {
        let taken = refused.prefix { onEvent($0.run, $0.event) }.count
        refused.removeFirst(taken)
    }
}
