import Drivers
import Engine
import Glibc
import TestSupport
import Testing

/// Orders to real rotctlds.
@Suite(.timeLimit(.minutes(2))) struct RotctldCommandDriverTests {
    private func driver(
        _ port: UInt16, _ change: @escaping @Sendable (inout RotctldSettings) -> Void = { _ in }
    ) -> @Sendable (Core) throws -> any CommandDriver {
        { core in
            var settings = RotctldSettings(port: port)
            change(&settings)
            return RotctldCommandDriver(
                core: core, number: 1, settings: settings, links: try DeviceLinks(core: core))
        }
    }

    private func run(
        _ order: DeviceOrder, _ rotctld: Rotctld,
        _ change: @escaping @Sendable (inout RotctldSettings) -> Void = { _ in }
    ) async throws -> CommandUnderTest {
        let run = try CommandUnderTest(live: true, driver(rotctld.port, change))
        run.begin(order)
        #expect(await run.ends())
        return run
    }

    @Test func `a real rotctld keeps the command contract`() async throws {
        let rotctld = try await Rotctld()
        try await CommandContract(
            live: true, good: .custom("p"), bad: .point(azimuthDegrees: 1000, elevationDegrees: 5),
            make: driver(rotctld.port), makeAway: driver(try Loopback.freePort())
        ).holds()
    }

    @Test func `orders to move are obeyed`() async throws {
        let rotctld = try await Rotctld()
        for order: DeviceOrder in [
            .point(azimuthDegrees: 12, elevationDegrees: 3.456), .stop, .park, .reboot,
        ] {
            let run = try await run(order, rotctld)
            #expect(run.events.last == .ended(exitCode: 0), "\(order)")
            #expect(run.output == "RPRT 0\n")
        }
    }

    @Test func `an operator's lines are answered one after the other, up to the first that fails`()
        async throws
    {
        let rotctld = try await Rotctld()
        let good = try await run(.custom("P 10 20\r\n\n# where\n  _\n+\\get_info"), rotctld)
        #expect(good.events.last == .ended(exitCode: 0))
        #expect(
            good.output == "set_pos: 10 20\nRPRT 0\n"
                + "get_info:\nInfo: Dummy rotator\nRPRT 0\n"
                + "get_info:\nInfo: Dummy rotator\nRPRT 0\n")
        let bad = try await run(.custom("_\nP 1000 20\n_"), rotctld)
        #expect(
            bad.output == "get_info:\nInfo: Dummy rotator\nRPRT 0\nset_pos: 1000 20\nRPRT -1\n")
        #expect(
            bad.events.last
                == .failed(CommandFailure(RotctldError.invalidParameter.description)))
        // Over a thousand bytes, in however many pieces.
        let long = try await run(.custom("1"), rotctld)
        #expect(long.output.hasSuffix("RPRT 0\n") && long.output.utf8.count > 1000)
    }

    @Test func `what rotctld does not answer, or answers otherwise, fails`() async throws {
        let rotctld = try await Rotctld()
        let patience: @Sendable (inout RotctldSettings) -> Void = {
            $0.replyTimeout = .milliseconds(300)
        }
        for (text, word) in [
            ("x", "not answered in time"), ("q", "closed by the other side"),
            (";p", "no line for rotctld"),
            ("p\nöffne", "no line for rotctld"), ("# nothing", "no line"),
            (String(repeating: "p\n", count: 33), "more than 32 lines"),
            ("p" + String(repeating: " ", count: 300), "no line for rotctld"),
        ] {
            let run = try await run(.custom(text), rotctld, patience)
            guard case .failed(let failure)? = run.events.last else {
                Issue.record("\(text): \(run.events)")
                continue
            }
            #expect(failure.reason.contains(word), "\(text): \(failure.reason)")
            #expect(!failure.isUnreachable)
        }
    }

    @Test func `a rotctld that hangs is given up, one that is killed has lost the order`()
        async throws
    {
        let rotctld = try await Rotctld()
        rotctld.process.signal(SIGSTOP)
        let hung = try await run(.stop, rotctld) { $0.replyTimeout = .milliseconds(300) }
        guard case .failed(let failure)? = hung.events.last else {
            Issue.record("\(hung.events)")
            return
        }
        #expect(failure.reason.contains("not answered in time"))
        let lost = try CommandUnderTest(live: true, driver(rotctld.port))
        lost.begin(.stop)
        #expect(await lost.wait { $0.contains(.reached) })
        rotctld.kill()
        #expect(await lost.ends())
        guard case .failed(let failure)? = lost.events.last else { return }
        #expect(!failure.isUnreachable, "it may have been obeyed")
    }
}
