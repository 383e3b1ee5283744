import CLinux
import Engine
import Glibc
import JSON
import Simulation

/// A process that runs scenarios, so that a crash of the simulated station ends only it.
struct SimulationWorker: ~Copyable {
    /// What a worker says, or what became of it.
    enum News {
        case begins(seed: UInt64)
        case ended(CampaignRun, failedAt: Duration?)
        /// It died in the middle of a run; what it said last on standard error.
        case crashed(String)
        /// It has said nothing for too long and was ended.
        case hung
        /// It has done all its runs.
        case finished
    }

    private let process: pid_t
    private let output: Int32
    private let errors: Int32
    private var buffered: [UInt8] = []
    private var isReaped = false

    /// Starts `boresight simulate` with these arguments, and JSON as its output.
    init(arguments: [String]) throws(CommandFailure) {
        var outputPipe: [Int32] = [0, 0]
        var errorPipe: [Int32] = [0, 0]
        guard clinux_pipe(&outputPipe) == 0 else { throw Self.failure() }
        guard clinux_pipe(&errorPipe) == 0 else { throw Self.failure() }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, outputPipe[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errorPipe[1], STDERR_FILENO)
        let words = ["boresight", "simulate"] + arguments + ["--output", "json"]
        var argv = words.map { strdup($0) } + [nil]
        defer { for word in argv { free(word) } }
        // A crash's report takes seconds and is not read.
        var environment: [UnsafeMutablePointer<CChar>?] = [
            strdup("SWIFT_BACKTRACE=enable=no"), nil,
        ]
        defer { for word in environment { free(word) } }
        var pid = pid_t()
        let result = posix_spawn(&pid, "/proc/self/exe", &actions, nil, &argv, &environment)
        close(outputPipe[1])
        close(errorPipe[1])
        guard result == 0 else {
            close(outputPipe[0])
            close(errorPipe[0])
            errno = result
            throw Self.failure()
        }
        process = pid
        output = outputPipe[0]
        errors = errorPipe[0]
    }

    deinit {
        close(output)
        close(errors)
        guard !isReaped else { return }
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    /// Waits for the next news.
    mutating func next(patience: Duration) -> News {
        while true {
            if let line = takeLine() {
                if let news = Self.news(line) { return news }
                continue
            }
            var poll = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let ready = Glibc.poll(&poll, 1, Int32(clamping: patience.nanoseconds / 1_000_000))
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else {
                reap(SIGKILL)
                return .hung
            }
            var block = [UInt8](repeating: 0, count: 65_536)
            let count = read(output, &block, block.count)
            guard count > 0 else { return end() }
            buffered += block[..<count]
        }
    }

    private mutating func takeLine() -> [UInt8]? {
        guard let end = buffered.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { buffered.removeFirst(end + 1) }
        return Array(buffered[..<end])
    }

    private mutating func end() -> News {
        let status = reap(0)
        // Exit codes 0 and 1 say that all runs were made.
        let isOrderly = status & 0x7F == 0 && (status >> 8) & 0xFF <= 1
        return isOrderly ? .finished : .crashed(lastError())
    }

    @discardableResult
    private mutating func reap(_ signal: Int32) -> Int32 {
        guard !isReaped else { return 0 }
        if signal != 0 { kill(process, signal) }
        var status: Int32 = 0
        waitpid(process, &status, 0)
        isReaped = true
        return status
    }

    /// What it said on standard error, as far as it fits a pipe: the reason of a trap is there.
    private func lastError() -> String {
        var block = [UInt8](repeating: 0, count: 65_536)
        let count = max(0, read(errors, &block, block.count))
        let lines = String(decoding: block[..<count], as: UTF8.self).split(separator: "\n")
        return lines.first { $0.contains("Fatal error") }.map(String.init)
            ?? lines.last.map(String.init) ?? "without a word"
    }

    private static func failure() -> CommandFailure {
        CommandFailure(.failure, "cannot start a worker: \(String(cString: strerror(errno)))")
    }

    private static func news(_ line: [UInt8]) -> News? {
        guard let json = (try? JSONReader.read(line))?.objectValue,
            let seed = json["seed"]?.stringValue.flatMap(UInt64.init)
        else { return nil }
        guard json["state"] == .string("ended") else { return .begins(seed: seed) }
        var sometimes: [String: Bool] = [:]
        var failure: (name: String, seen: String, at: Duration)?
        for expectation in json["expectations"]?.arrayValue?.compactMap(\.objectValue) ?? [] {
            guard let name = expectation["name"]?.stringValue,
                let state = expectation["state"]?.stringValue
            else { continue }
            if name.hasPrefix(Expectation.Kind.sometimes.rawValue + " ") {
                sometimes[name] = state == "met"
            }
            let at = Duration.nanoseconds(expectation["at_ns"]?.integerValue ?? 0)
            if state == "failed", failure.map({ at < $0.at }) ?? true {
                failure = (name, expectation["seen"]?.stringValue ?? "", at)
            }
        }
        let run = CampaignRun(
            seed: seed, events: UInt64(clamping: json["events"]?.integerValue ?? 0),
            signature: failure?.name,
            detail: failure.map {
                "\(DifferenceText.seconds(.start.advanced(by: $0.at))): \($0.seen)"
            }
                ?? "",
            sometimes: sometimes)
        return .ended(run, failedAt: failure?.at)
    }
}
