private import CLinux
private import Glibc

/// A program that has been started: its number, and the descriptors that tell of it.
struct SpawnedProgram {
    let id: Int32
    /// Readable once the process has ended.
    let descriptor: Int32
    /// What it prints.
    let output: Int32
}

extension SpawnedProgram {
    /// Starts a program as the leader of a session and group of its own, with nothing of ours: no
    /// descriptor, no signal setting, no variable but those given.
    init(
        _ executable: String, arguments: [String], environment: [String], directory: String
    ) throws(ProcessError) {
        try Self.look(at: executable, in: directory)
        var pipe: [Int32] = [-1, -1]
        guard clinux_pipe(&pipe) == 0 else { throw .other(errno) }
        defer { close(pipe[1]) }
        do throws(ProcessError) {
            guard fcntl(pipe[0], F_SETFL, O_NONBLOCK) == 0 else { throw .other(errno) }
            id = try Self.spawn(
                [executable] + arguments, environment, directory, output: pipe[1])
            descriptor = clinux_process_descriptor(id)
            guard descriptor >= 0 else {
                // Linux before 5.3, or no descriptor left: it could not be watched.
                let code = errno
                kill(-id, SIGKILL)
                waitpid(id, nil, 0)
                throw .other(code)
            }
        } catch {
            close(pipe[0])
            throw error
        }
        output = pipe[0]
    }

    /// How it ended; once, when its descriptor is readable: its number may be another's then.
    func reap() -> ProcessEvent {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        guard signal != 0 else { return .ended(exitCode: UInt8(truncatingIfNeeded: status >> 8)) }
        return .signalled(clinux_signal_name(signal).map { String(cString: $0) } ?? "\(signal)")
    }

    func closeAll() {
        close(descriptor)
        close(output)
    }

    /// Says what is amiss in more words than posix_spawn(3), which has one error for many.
    private static func look(at executable: String, in directory: String) throws(ProcessError) {
        var file = stat()
        guard stat(directory, &file) == 0, file.st_mode & S_IFMT == S_IFDIR else {
            throw .noDirectory
        }
        guard stat(executable, &file) == 0 else { throw .notFound }
        guard file.st_mode & S_IFMT == S_IFREG, access(executable, X_OK) == 0 else {
            throw .notExecutable
        }
    }

    private static func spawn(
        _ words: [String], _ environment: [String], _ directory: String, output: Int32
    ) throws(ProcessError) -> Int32 {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO)
        var code = clinux_spawn_without_descriptors(&files, STDERR_FILENO + 1)
        guard code == 0 else { throw .other(code) }
        code = clinux_spawn_in_directory(&files, directory)
        guard code == 0 else { throw .other(code) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | clinux_spawn_new_session())
        var argv = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { (argv + variables).forEach { free($0) } }
        var id = pid_t()
        code = posix_spawn(&id, words.first ?? "", &files, &attributes, &argv, &variables)
        switch code {
        case 0: return id
        case EACCES, ENOEXEC: throw .notExecutable
        default: throw .other(code)
        }
    }
}
