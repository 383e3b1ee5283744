/// Bounds of the programs that this machine runs for its users.
package struct ProcessLimits: Sendable {
    /// Most programs at once: each is a desktop or the like, and a station serves a crew.
    package var programs = 64
    /// Most arguments of a program; a command line that long was made by a program gone wrong.
    package var arguments = 256
    /// Most variables of an environment.
    package var variables = 256
    /// Most bytes of a name, path, argument or value; Linux takes 128 kB for one.
    package var textBytes = 32 * 1024
    /// Most bytes of all arguments and variables; Linux takes 2 MB.
    package var callBytes = 256 * 1024
    /// A log has room for a few lines, and 64 of them fit on a small card.
    package var logBytes = 4096...100_000_000
    /// Most bytes of a captured output: it enters the core, and a recording, in one piece.
    package var outputBytes = 256 * 1024
    /// The longest start, desktops on a small computer included; longer is shortened to it.
    package var startTimeout = Duration.seconds(600)
    /// The longest time to end in; longer is shortened to it. Somebody waits for it.
    package var stopGrace = Duration.seconds(60)
    /// The same when the station itself ends, which promises 5 s in all.
    package var lastGrace = Duration.milliseconds(1500)
    /// How long the end of the station waits for what does not even die of KILL, such as a program
    /// that hangs in a disk; the next start looks for it again.
    package var patience = Duration.milliseconds(1000)
    /// How often a port is tried that shall accept connections.
    package var tries = Duration.milliseconds(50)
    /// The first pause between two looks for what is left of a run, and the longest: a look reads
    /// of every process of the machine, some 5 ms of work.
    package var looks = (first: Duration.milliseconds(10), longest: Duration.milliseconds(250))
    /// Looks in a row that must find nothing: a process is not to be seen while it becomes another
    /// program.
    package var cleanLooks = 2
    /// Where picked ports come from. Below those that Linux takes for connections of its own
    /// (`ip_local_port_range`), so that none takes one before the program does.
    package var ports: ClosedRange<UInt16> = 20_000...29_999
    /// What a program has of the station's own environment: what it needs to find programs, its
    /// user's files, language and time.
    package var inherited = [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR",
    ]
    /// How long the core's full inbox is left alone before the reports that it refused are offered
    /// again; a turn of the core takes less.
    package var redelivery = Duration.milliseconds(20)

    package init() {}
}

extension ProcessLimits {
    /// Whether Linux, which takes texts up to their first zero byte, gets what was meant.
    func allow(_ call: ProgramCall) -> Bool {
        let arguments = call.arguments.map(\.description)
        let names = call.environment.keys
        let values = call.environment.values.map(\.description)
        var paths = [call.executable, call.workingDirectory ?? "/"]
        if case .log(let path, let bytes) = call.output {
            paths.append(path)
            guard logBytes.contains(bytes) else { return false }
        }
        if call.readiness == .port(0) { return false }
        let texts = [call.name] + paths + arguments + names + values
        return !call.name.isEmpty && paths.allSatisfy { $0.utf8.first == UInt8(ascii: "/") }
            && arguments.count <= self.arguments && names.count <= variables
            && names.allSatisfy { !$0.isEmpty && !$0.contains("=") && !ProcessCookie.owns($0) }
            && texts.allSatisfy { $0.utf8.count <= textBytes && !$0.utf8.contains(0) }
            && texts.reduce(0) { $0 + $1.utf8.count + 1 } <= callBytes
    }
}
