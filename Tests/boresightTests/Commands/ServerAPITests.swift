import Synchronization
import Testing

@testable import boresight

@Suite struct ServerAPITests {
    private func connection(
        _ words: [String], environment: [String: String] = ["HOME": "/h"],
        files: [String: String] = [:]
    ) -> (connection: ServerConnection?, output: RecordedOutput, code: ExitCode) {
        let seen = Mutex<ServerConnection?>(nil)
        let output = RecordedOutput()
        let client = ScriptedClient(["GET /api/station": (200, "{}")])
        let context = output.context(
            environment: environment, files: files, client: client
        ) { connection in seen.withLock { $0 = connection } }
        let code = Program.run(["station"] + words, context)
        return (seen.withLock { $0 }, output, code)
    }

    @Test func `server, token and patience come from the options`() {
        let found = connection(
            ["--server", "https://pi:1", "--token-file", "/t", "--timeout", "250ms"],
            files: ["/t": "secret\n"]
        ).connection
        #expect(found?.server.description == "https://pi:1")
        #expect(found?.token == "secret")
        #expect(found?.timeout == .milliseconds(250))
    }

    @Test func `the daemon's own token file is found`() {
        let path = "/h/.local/share/boresight/admin.token"
        #expect(connection([], files: [path: "admin"]).connection?.token == "admin")
        #expect(
            connection(["--data", "/d"], files: ["/d/admin.token": "x"]).connection?.token == "x")
        #expect(connection([]).connection != nil, "much needs no token")
        #expect(connection([]).connection?.token == nil)
    }

    @Test func `a token file that was named must be there and hold a token`() {
        let missing = connection(
            [], environment: ["HOME": "/h", "BORESIGHT_TOKEN_FILE": "/none"])
        #expect(missing.code == .configuration)
        #expect(missing.connection == nil)
        let empty = connection(["--token-file", "/t"], files: ["/t": "\n"])
        #expect(empty.code == .configuration)
        #expect(empty.output.error == "boresight: token file /t holds no token\n")
    }

    @Test func `a token never comes in argv`() {
        #expect(connection(["--token", "abc"]).code == .usage)
    }
}
