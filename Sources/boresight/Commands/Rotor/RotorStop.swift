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
        guard let name = invocation[rotor] else { return try stopAll(api, context) }
        let path = try RotorName.path(name, invocation, api)
        let reply = try api.call(.post, path + "/stop")
        context.print(reply.text(as: invocation.outputFormat) { _ in "stopped\n" })
        return .success
    }

    private static func stopAll(
        _ api: ServerAPI, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let rotors = try RotorName.all(api)
        guard !rotors.isEmpty else { throw RotorName.noRotor }
        var worst = ExitCode.success
        for rotor in rotors {
            do throws(CommandFailure) {
                _ = try api.call(.post, rotor.path + "/stop")
                context.print("\(rotor.name) stopped\n")
            } catch {
                context.printError("boresight: \(rotor.name): \(error.message)\n")
                worst = error.exitCode
            }
        }
        return worst
    }
}
