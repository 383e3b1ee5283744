import JSON

/// `boresight rotor stop`: one rotor, or all of them when none is named.
///
/// Written for the worst moment: the shortest command stops everything, and one rotor that cannot
/// be stopped does not keep the others moving.
enum RotorStop {
    private static let rotor = Argument<String>(
        "ROTOR", optional: true, "the rotor's number or name; without it every rotor stops")

    static let command = Command(
        "stop", "Stop a rotor, or all of them, at once", arguments: [rotor.declaration],
        options: ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        guard let name = invocation[rotor] else { return try stopAll(api, invocation, context) }
        let path = try RotorName.path(name, invocation, api)
        let reply = try api.call(.post, path + "/stop")
        context.print(reply.text(as: invocation.outputFormat) { _ in "stopped\n" })
        return .success
    }

    private static func stopAll(
        _ api: ServerAPI, _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let rotors = try RotorName.lookup(api)
        guard !rotors.things.isEmpty else { throw rotors.none }
        var worst = ExitCode.success
        var results: [JSONValue] = []
        for rotor in rotors.things {
            let name = Words.printable(rotor.name)
            var isStopped = true
            do throws(CommandFailure) {
                _ = try api.call(.post, RotorName.path(rotor) + "/stop")
            } catch {
                context.printError("boresight: \(name): \(error.message)\n")
                worst = error.exitCode
                isStopped = false
            }
            results.append(["rotor": .string(name), "stopped": .bool(isStopped)])
            if isStopped, invocation.outputFormat == .table {
                context.print("\(name) stopped\n")
            }
        }
        if invocation.outputFormat == .json { context.print(JSONValue.array(results).text + "\n") }
        return worst
    }
}
