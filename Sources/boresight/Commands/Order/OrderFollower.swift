import JSON

/// Waits for the end of a command on a device and shows its output as it comes.
///
/// Asks for the command again and again: who may give commands need not have the rights that the
/// socket takes, and a restart of the daemon ends nothing here.
struct OrderFollower {
    /// The command's path in the API.
    let path: String
    let api: ServerAPI
    let context: CommandContext

    /// Soon enough to be live for people.
    private static let soonest = Duration.milliseconds(100)
    private static let latest = Duration.seconds(1)
    /// Every answer has the whole output: a long one is asked for less often.
    private static let pausePerKilobyte = Duration.milliseconds(4)
    /// Between tries to reach a server that is away.
    private static let retry = Duration.seconds(1)

    /// Follows the command from what it was when it was made to its end.
    ///
    /// - Parameter show: called with each piece of output.
    func follow(
        _ made: JSONObject, show: (String) -> Void
    ) throws(CommandFailure) -> JSONObject {
        var order = made
        var tail = OutputTail()
        var pause = Self.soonest
        var isAway = false
        while order["status"] == .string("in-progress") {
            let new = tail.new(order["output"]?.stringValue ?? "")
            show(new)
            pause = new.isEmpty ? min(pause * 2, Self.latest) : soonest(order)
            context.pause(isAway ? Self.retry : pause)
            do throws(CommandFailure) {
                guard let now = try api.object(path) else {
                    throw CommandFailure(.failure, "the command is not there any more")
                }
                order = now
                isAway = false
            } catch {
                guard error.exitCode == .unavailable else { throw error }
                if !isAway { context.printError("boresight: \(error.message); trying again\n") }
                isAway = true
            }
        }
        guard order["status"] == .string("failed") else {
            show(tail.new(order["output"]?.stringValue ?? ""))
            return order
        }
        let (new, reason) = tail.last(order["output"]?.stringValue ?? "")
        show(new)
        throw CommandFailure(.failure, Words.printable(reason))
    }

    private func soonest(_ order: JSONObject) -> Duration {
        let kilobytes = (order["output"]?.stringValue?.utf8.count ?? 0) / 1024
        return max(Self.soonest, Self.pausePerKilobyte * kilobytes)
    }
}
