import FoundationEssentials
import Glibc
import Testing
import Transport

@Suite struct TransportServerTests {
    @Test func `a hundred starts and stops leave no descriptor behind`() async {
        // A process of its own: other tests open and close descriptors meanwhile.
        await #expect(processExitsWith: .exitCode(0)) {
            func descriptors() -> Int {
                let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
                return files?.count ?? -1
            }
            func live() throws {
                let server = try EchoServer()
                _ = try HTTPClient().call("GET", server.url + "/")
                let socket = try WebSocketClient(server.url + "/ws")
                try socket.send("hello")
            }
            try live()
            let before = descriptors()
            for _ in 0..<100 { try live() }
            exit(descriptors() == before ? 0 : 1)
        }
    }
}
