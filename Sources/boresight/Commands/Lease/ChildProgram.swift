import CLinux
import Glibc

/// A program that runs as if its user had started it: same terminal, same group of processes.
struct ChildProgram {
    private let id: pid_t

    /// What shells answer for a program that is not there, or cannot be started.
    private static let notFound = ExitCode(rawValue: 127)
    private static let notStarted = ExitCode(rawValue: 126)

    /// - Parameters:
    ///   - words: the program, looked for in `PATH`, and its arguments.
    ///   - mask: the signals that it finds blocked.
    init(
        _ words: [String], environment: [String: String], mask: sigset_t
    ) throws(CommandFailure) {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = mask
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments = words.map { strdup($0) } + [nil]
        var variables =
            environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var id = pid_t()
        let code = posix_spawnp(&id, words.first ?? "", nil, &attributes, &arguments, &variables)
        guard code == 0 else {
            throw CommandFailure(
                code == ENOENT ? Self.notFound : Self.notStarted,
                "cannot run \(words.first ?? ""): \(String(cString: strerror(code)))")
        }
        self.id = id
    }

    /// How it ended, to be asked until it has; nil while it runs.
    func exit() -> ExitCode? {
        var status: Int32 = 0
        guard waitpid(id, &status, WNOHANG) == id else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? ExitCode(rawValue: status >> 8 & 0xFF) : .signal(signal)
    }

    func send(_ signal: Int32) {
        kill(id, signal)
    }
}
