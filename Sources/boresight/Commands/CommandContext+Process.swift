import Glibc

extension CommandContext {
    /// The world of this process.
    static func process() -> CommandContext {
        CommandContext(
            environment: processEnvironment(),
            readFile: { path, maxBytes throws(FileProblem) in
                try FileReading.bytes(of: path, atMost: maxBytes)
            },
            print: { FileWriting.write($0, to: STDOUT_FILENO) },
            printError: { FileWriting.write($0, to: STDERR_FILENO) },
            connect: { HTTPAPIClient($0) },
            openSocket: { connection, path throws(SocketProblem) in
                try ServerSocket(connection, path)
            },
            now: { WallClock.now },
            pause: { patience in
                let (seconds, attoseconds) = patience.components
                var time = timespec(
                    tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
                nanosleep(&time, nil)
            },
            endOnInterrupt: {
                for number in [SIGINT, SIGTERM] { signal(number) { _ in _exit(0) } }
            })
    }

    private static func processEnvironment() -> [String: String] {
        var environment: [String: String] = [:]
        var entry = environ
        while let variable = entry.pointee {
            let parts = String(cString: variable).split(separator: "=", maxSplits: 1)
            if let name = parts.first {
                environment[String(name)] = parts.count == 2 ? String(parts[1]) : ""
            }
            entry += 1
        }
        return environment
    }
}
