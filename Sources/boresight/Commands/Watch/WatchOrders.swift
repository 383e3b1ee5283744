import Engine
import JSON

/// `boresight watch commands`: what becomes of a device's commands, line by line.
enum WatchOrders {
    static let command = Command(
        "commands", "Follow the commands of a device, one line an update",
        discussion: WatchCommands.discussion, arguments: [DeviceName.argument.declaration],
        options: [Organizations.option.declaration] + ServerAPI.options, run: run)

    private static let remedy =
        "watching commands takes a superuser's token, or one of staff with the rights "
        + "config.add_device, config.change_device and config.delete_device who manage or own "
        + "the device's organisation: --token-file FILE"

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        context.endOnInterrupt()
        let api = try ServerAPI.connect(invocation, context)
        let device = try DeviceName.find(invocation, api).device
        let follower = SocketFollower(
            connection: api.connection, path: "/ws/controller/device/\(device.id)/command",
            remedy: remedy, context: context)
        try follower.follow(
            as: invocation.outputFormat,
            [("time", .left(24)), ("type", .left(15)), ("status", .left(11)), ("output", .left(0))]
        ) { message in
            let order = message["data"]?.objectValue ?? JSONObject()
            return [
                context.now().text(.milliseconds), Words.text(order["type"]),
                Words.text(order["status"]), OrderText.lastLine(order),
            ]
        }
        return .success
    }
}
