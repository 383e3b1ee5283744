private import CLinux
private import Glibc
import Synchronization

/// A program that a test has started, with what it prints; killed when the test lets go of it.
///
/// Standard input is empty. Each instance owns one process identifier and never signals another.
package final class ChildProcess: Sendable {
    /// How a process ended.
    package enum Exit: Sendable, Equatable {
        case code(Int32)
        case signal(Int32)
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) {
            self.description = description
        }
    }

    /// Most bytes kept of each output; a test that prints more is not read to the end.
    private static let captureBytes = 1 << 20

    private struct State {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var exit: Exit?
        /// Outputs that somebody may still write to.
        var openOutputs = 2
    }

    package let processID: Int32
    private let name: String
    private let state = Mutex(State())
    private let atExit = Mutex<AtExit?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: looked for in `PATH` when it has no slash.
    ///   - environment: `NAME=value` each; nil hands on the test's own.
    package init(
        _ program: String, _ arguments: [String] = [], environment: [String]? = nil
    ) throws {
        name = program
        let output = try Stream()
        let errors = try Stream()
        processID = try spawn(
            program, arguments, environment: environment, output: output.writeEnd,
            errors: errors.writeEnd)
        close(output.writeEnd)
        close(errors.writeEnd)
        capture(output.readEnd) { $0.output += $1 }
        capture(errors.readEnd) { $0.errors += $1 }
        atExit.withLock { $0 = AtExit { [weak self] in self?.kill() } }
    }

    deinit {
        kill()
    }

    // MARK: Output

    /// What it has printed so far on standard output.
    package var standardOutput: String {
        state.withLock { String(decoding: $0.output, as: UTF8.self) }
    }

    /// What it has printed so far on standard error.
    package var standardError: String {
        state.withLock { String(decoding: $0.errors, as: UTF8.self) }
    }

    /// The first line, of either output, that contains `text`.
    package func waitForLine(
        containing text: String, within limit: Duration = .seconds(60)
    ) async throws -> String {
        var found: String?
        let isFound = await eventually(within: limit) {
            let lines = (self.standardOutput + "\n" + self.standardError).split(separator: "\n")
            found = lines.first { $0.contains(text) }.map(String.init)
            return found != nil
        }
        guard isFound, let found else {
            throw Failure(description: "\(name) printed no '\(text)':\n\(standardError)")
        }
        return found
    }

    /// Waits until something listens on the port of the loopback interface.
    package func waitForPort(
        _ port: UInt16, within limit: Duration = .seconds(60)
    ) async throws {
        let isOpen = await eventually(within: limit) { Loopback.accepts(port) }
        guard isOpen else {
            throw Failure(description: "\(name) does not listen on \(port):\n\(standardError)")
        }
    }

    // MARK: Life

    /// How it ended; nil while it runs.
    package var exit: Exit? {
        state.withLock { state in
            if state.exit == nil { state.exit = reap(WNOHANG) }
            return state.exit
        }
    }

    /// Waits for its end; nil when it still runs after `limit`.
    package func waitForExit(within limit: Duration = .seconds(60)) async -> Exit? {
        _ = await eventually(within: limit) { self.exit != nil }
        return exit
    }

    /// Waits for its end and for the last that it, and all it started, have printed.
    package func waitForOutput(within limit: Duration = .seconds(60)) async -> Exit? {
        let exit = await waitForExit(within: limit)
        _ = await eventually(within: limit) { self.state.withLock { $0.openOutputs == 0 } }
        return exit
    }

    /// Sends a signal, unless it has ended.
    package func signal(_ number: Int32) {
        guard exit == nil else { return }
        Glibc.kill(processID, number)
    }

    /// Ends it at once and waits for that.
    package func kill() {
        state.withLock { state in
            guard state.exit == nil else { return }
            Glibc.kill(processID, SIGKILL)
            state.exit = reap(0)
        }
    }

    private func reap(_ options: Int32) -> Exit? {
        var status: Int32 = 0
        guard waitpid(processID, &status, options) == processID else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? .code(status >> 8 & 0xFF) : .signal(signal)
    }

    /// Reads on a thread of its own until the program, and all it started, have closed the output.
    private func capture(
        _ descriptor: Int32, _ add: @escaping @Sendable (inout State, ArraySlice<UInt8>) -> Void
    ) {
        let reader = OutputReader(descriptor: descriptor) { [weak self] bytes in
            self?.state.withLock { state in
                if bytes.isEmpty { state.openOutputs -= 1 }
                guard state.output.count + state.errors.count < Self.captureBytes else { return }
                add(&state, bytes)
            }
        }
        reader.start()
    }
}

/// Both ends of a stream; not inherited unless it is made somebody's output.
private struct Stream {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        // A socket pair, because it can be closed on exec from its first moment: another test may
        // be starting a program right now.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw ChildProcess.Failure(description: "no stream: error \(errno)")
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }
}

private final class OutputReader: Sendable {
    private let descriptor: Int32
    /// Called with no bytes at the end.
    private let add: @Sendable (ArraySlice<UInt8>) -> Void

    init(descriptor: Int32, add: @escaping @Sendable (ArraySlice<UInt8>) -> Void) {
        self.descriptor = descriptor
        self.add = add
    }

    func start() {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<OutputReader>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        if code == 0 { pthread_detach(thread) } else { body.release() }
    }

    private func run() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            add(buffer[..<max(0, count)])
            guard count > 0 else { break }
        }
        close(descriptor)
    }
}

private func spawn(
    _ program: String, _ arguments: [String], environment: [String]?, output: Int32, errors: Int32
) throws -> Int32 {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&files, output, 1)
    posix_spawn_file_actions_adddup2(&files, errors, 2)
    // A copy of another test's connection in the child would keep that connection from ending.
    _ = clinux_spawn_without_descriptors(&files, 3)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A test process may ignore SIGPIPE; its children must not inherit that.
    var defaults = sigset_t()
    sigfillset(&defaults)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    posix_spawnattr_setsigmask(&attributes, &unblocked)
    posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var settings = (environment ?? []).map { strdup($0) } + [nil]
    defer { (words + settings).forEach { free($0) } }
    var child = pid_t()
    let code =
        environment == nil
        ? posix_spawnp(&child, program, &files, &attributes, &words, environ)
        : posix_spawnp(&child, program, &files, &attributes, &words, &settings)
    guard code == 0 else {
        throw ChildProcess.Failure(description: "\(program) does not start: error \(code)")
    }
    return child
}
