import Engine
import Glibc
import Transport

/// `boresight serve`: the daemon, in the foreground.
enum Serve {
    static let command = Command(
        "serve", "Run the daemon in the foreground",
        discussion: """
            Prints 'ready http://HOST:PORT' on standard output when it accepts connections,
            and logs to standard error. SIGTERM ends it cleanly.
            """,
        options: [Configuration.fileOption.declaration] + Settings.ofServer.map(\.option),
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let configuration = try Configuration.load(invocation, context)
        let plan = try DaemonPlan(configuration.settings, context)
        let log = Log(configuration.settings, context)
        defer { log.close() }
        logConfiguration(configuration, log)
        // Before any thread starts, so that every thread leaves them to this one.
        let signals = EndingSignals()
        let daemon = try Daemon.start(plan, log: log)
        for address in daemon.addresses {
            log.write(.info, "serve", "listening", ["url": address.url])
        }
        warnOfOpenListeners(plan, log)
        if let first = daemon.addresses.first { context.print("ready \(first.url)\n") }
        let name = signals.wait()
        log.write(.info, "serve", "ending", ["signal": name])
        daemon.stop()
        log.write(.info, "serve", "ended")
        return daemon.hasLostItsStore ? .failure : .success
    }

    private static func logConfiguration(_ configuration: Configuration, _ log: Log) {
        log.write(
            .info, "serve", "starting",
            [
                "version": Version.current, "config": configuration.file ?? "none",
                "data": configuration.settings.data,
            ])
        for name in configuration.unknownVariables {
            log.write(.warning, "serve", "this variable names no setting", ["variable": name])
        }
    }

    private static func warnOfOpenListeners(_ plan: DaemonPlan, _ log: Log) {
        for listener in plan.listeners
        where listener.tls == nil && MachineAddresses.isReachable(host: listener.host) {
            log.write(
                .warning, "serve", "other machines reach this listener without encryption",
                ["listen": "\(listener.host):\(listener.port)", "help": "see tls.certificate"])
        }
    }
}
