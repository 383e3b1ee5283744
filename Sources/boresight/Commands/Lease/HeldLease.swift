import Glibc
import JSON

/// A lease that a running command needs. One owner.
final class HeldLease {
    private let lease: JSONObject
    private let api: ServerAPI
    private let heartbeat: Duration
    private let context: CommandContext
    private let start = ContinuousClock.now
    private var isLost = false

    /// How long a command may take to end by itself once the device is not its own any more.
    private static let grace = Duration.seconds(10)

    init(
        lease: JSONObject, api: ServerAPI, heartbeat: Duration, _ context: CommandContext
    ) {
        self.lease = lease
        self.api = api
        self.heartbeat = heartbeat
        self.context = context
    }

    private var device: String { LeaseText.device(lease) }

    private var now: Duration { start.duration(to: .now) }

    /// Keeps the lease until the command has ended; the command's exit code.
    func keep(while child: ChildProgram, _ signals: EndingSignals) -> ExitCode {
        var plan = HeartbeatPlan(heartbeat: heartbeat, now: now)
        while true {
            if let exit = child.exit() { return exit }
            switch signals.next(atMost: plan.due - now) {
            case let signal? where signal.number == SIGCHLD: continue
            // Of Ctrl-C the command has heard already.
            case let signal?: if !signal.isFromKernel { child.send(signal.number) }
            case nil:
                guard now >= plan.due else { continue }
                if let loss = beat(&plan) {
                    isLost = true
                    context.printError("boresight: \(device): \(loss); ending the command\n")
                    return end(child, signals)
                }
            }
        }
    }

    /// Tells the server that we are there; why the lease is lost, when it is.
    private func beat(_ plan: inout HeartbeatPlan) -> String? {
        do throws(CommandFailure) {
            let reply = try api.reply(.post, LeaseName.path(lease) + "/heartbeat")
            if (400..<500).contains(reply.status), reply.status != 429 { return loss(reply) }
            guard reply.isGood else { throw RefusedReply(reply).failure }
            if plan.taken(now: now) { context.printError("boresight: \(device): still held\n") }
        } catch {
            if plan.failed(now: now) {
                context.printError("boresight: \(device): \(error.message); trying again\n")
            }
        }
        return nil
    }

    private func loss(_ reply: APIReply) -> String {
        let ended = try? api.object(LeaseName.path(lease))?["endReason"]?.stringValue
        return ended.map { "the lease has ended (\(Words.printable($0)))" }
            ?? RefusedReply(reply).failure.message
    }

    private func end(_ child: ChildProgram, _ signals: EndingSignals) -> ExitCode {
        child.send(SIGTERM)
        let deadline = now + Self.grace
        var isKilled = false
        while child.exit() == nil {
            if signals.next(atMost: isKilled ? .seconds(1) : deadline - now) == nil {
                child.send(SIGKILL)
                isKilled = true
            }
        }
        return .failure
    }

    /// Gives the device back; what cannot be told ends by itself when the heartbeats stay out.
    func release() {
        guard !isLost else { return }
        do throws(CommandFailure) {
            _ = try api.call(.post, LeaseName.path(lease) + "/release")
        } catch {
            context.printError(
                "boresight: \(device) is not released: \(error.message); "
                    + "its lease ends by itself after \(Words.seconds(heartbeat / .seconds(1)))\n")
        }
    }
}
