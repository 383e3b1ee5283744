import Glibc
import JSON

/// `boresight lease hold`: a device for as long as a command runs.
enum LeaseHold {
    private static let order = Argument<String>(
        "COMMAND", afterDashes: true, "what to run while the device is yours, and its arguments")

    static let command = Command(
        "hold", "Run a command while you hold a device",
        discussion: """
            Takes the lease, tells the server that its holder is there while the command
            runs, and releases it whichever way the command ends. The exit code is the
            command's. In its environment are BORESIGHT_DEVICE (the device's id) and
            BORESIGHT_LEASE.

            When somebody else ends the lease the command gets SIGTERM, and the exit code
            is 1. A server that is away does not end it: the lease outlives a restart.
            """,
        arguments: [LeaseWish.device.declaration, order.declaration],
        options: LeaseWish.options + ServerAPI.connectionOptions, run: run)

    /// Long enough for a restart of the daemon; short enough for the next in the queue.
    private static let heartbeat = Duration.seconds(60)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let wish = try LeaseWish(invocation, api, heartbeat: heartbeat)
        // From here on no signal may end us before the lease is given back.
        let signals = EndingSignals(and: [SIGCHLD])
        defer { signals.unblock() }
        var interruption: EndingSignals.Signal?
        let reply = try wish.take(context) { patience in
            interruption = signals.next(atMost: patience)
            return interruption == nil
        }
        guard let lease = reply?.value.objectValue else {
            return .signal(interruption?.number ?? SIGTERM)
        }
        let held = HeldLease(
            lease: lease, api: wish.api, heartbeat: wish.heartbeat ?? heartbeat, context)
        defer { held.release() }
        if let signal = signals.next(atMost: .zero) { return .signal(signal.number) }
        let child = try ChildProgram(
            invocation.all(order), environment: environment(lease, context),
            mask: signals.maskBefore)
        return held.keep(while: child, signals)
    }

    private static func environment(
        _ lease: JSONObject, _ context: CommandContext
    ) -> [String: String] {
        var environment = context.environment
        environment["BORESIGHT_LEASE"] = lease["id"]?.stringValue
        environment["BORESIGHT_DEVICE"] = lease["device"]?.objectValue?["id"]?.stringValue
        return environment
    }
}
