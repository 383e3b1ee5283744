import TestSupport
import Testing

@Suite struct DemoTests {
    @Test func `the demo shows a rotor that follows a phone, and ends by itself`() async throws {
        let folder = try TemporaryFolder()
        let demo = try ChildProcess(
            try BuiltProgram.path("boresight"),
            [
                "demo", "--for", "5s", "--data", folder.path, "--listen", "127.0.0.1:0", "--gpsd",
                "none", "--station", "52.4973,13.2411,120",
            ])
        _ = try await demo.waitForLine(containing: "laptop page")
        _ = try await demo.waitForLine(containing: "off by")
        _ = try await demo.waitForLine(containing: "52.50")
        #expect(await demo.waitForExit() == .code(0), "\(demo.standardError)")
        #expect(demo.standardOutput.contains("The demo is over"))
    }

    @Test func `the demo runs a second time on the same data`() async throws {
        let folder = try TemporaryFolder()
        for _ in 0..<2 {
            let demo = try ChildProcess(
                try BuiltProgram.path("boresight"),
                ["demo", "--for", "2s", "--data", folder.path, "--listen", "127.0.0.1:0"])
            #expect(
                await demo.waitForExit(within: .seconds(40)) == .code(0), "\(demo.standardError)")
        }
    }
}
