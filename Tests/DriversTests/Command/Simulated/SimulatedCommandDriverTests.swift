import Drivers
import Engine
import TestSupport
import Testing

@Suite(.runsTwice) struct SimulatedCommandDriverTests {
    private typealias Step = SimulatedScript.Step

    private func run(_ order: DeviceOrder, _ steps: [Step]? = nil) async throws -> CommandUnderTest
    {
        var script = SimulatedScript()
        script.steps[order.kind] = steps
        let given = script
        let run = try CommandUnderTest(live: false) {
            SimulatedCommandDriver(core: $0, script: given)
        }
        run.begin(order)
        #expect(await run.ends())
        return run
    }

    @Test func `a simulated device keeps the command contract`() async throws {
        let script = SimulatedScript(steps: [.reboot: [Step(.end(exitCode: 1))]])
        try await CommandContract(
            live: false, good: .custom("uptime"), bad: .reboot,
            make: { SimulatedCommandDriver(core: $0, script: script) },
            makeAway: { SimulatedCommandDriver(core: $0, isAway: true) }
        ).holds()
    }

    @Test func `a device without a script does everything`() async throws {
        for order: DeviceOrder in [
            .custom("uptime"), .reboot, .changePassword("secret"), .stop, .park,
            .point(azimuthDegrees: 120, elevationDegrees: 30),
            .point(azimuthDegrees: .nan, elevationDegrees: 1e300),
        ] {
            let run = try await run(order)
            #expect(run.events.last == .ended(exitCode: 0))
            #expect(!run.output.isEmpty)
            #expect(!run.output.contains("secret"))
        }
    }

    @Test func `a script ends as it says, and does nothing behind its end`() async throws {
        let endings: [(SimulatedScript.Step.Action, CommandEvent)] = [
            (.end(exitCode: 0), .ended(exitCode: 0)), (.end(exitCode: 3), .ended(exitCode: 3)),
            (.signal("KILL"), .signalled("KILL")),
            (.fail("lost"), .failed(CommandFailure("lost"))),
        ]
        for (action, event) in endings {
            let run = try await run(
                .custom("x"), [Step(.output("one\n")), Step(action), Step(.output("two\n"))])
            #expect(run.events == [.reached, .output(Array("one\n".utf8)), event])
            await run.staysSilent()
        }
        #expect(try await run(.custom("x"), []).events == [.reached, .ended(exitCode: 0)])
    }

    @Test func `pauses are kept`() async throws {
        let run = try CommandUnderTest(live: false) { core in
            SimulatedCommandDriver(
                core: core,
                script: SimulatedScript(steps: [
                    .custom: [Step(.output("a")), Step(after: .seconds(5), .output("b"))]
                ]))
        }
        run.begin(.custom("x"))
        run.world.core.run(for: .milliseconds(5000))
        #expect(run.output == "a")
        run.world.core.run(for: .milliseconds(2))
        #expect(run.output == "ab")
    }
}
