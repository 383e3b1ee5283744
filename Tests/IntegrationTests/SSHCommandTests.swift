import Glibc
import JSON
import TestSupport
import Testing
import Transport

/// Commands to a real sshd by a real daemon.
@Suite(.timeLimit(.minutes(2))) struct SSHCommandTests {
    private let daemon: DaemonProcess
    private let device: DeviceOfDaemon
    private let server: SSHServer

    init() async throws {
        let folder = try TemporaryFolder()
        daemon = try await DaemonProcess(
            ["--gpsd", "none", "--record", folder.path + "/run.jsonl"], folder: folder)
        device = try DeviceOfDaemon(daemon)
        server = try await SSHServer()
    }

    private func connect(_ more: JSONObject = [:]) throws {
        var parameters: JSONObject = [
            "host": .string("127.0.0.1"), "port": .integer(Int64(server.port)),
            "username": .string(SSHServer.user), "key": .string(server.key),
            "host_key": .string(server.fingerprint),
        ]
        for member in more.members { parameters[member.key] = member.value }
        try device.connect("ssh", JSONValue.object(parameters).text)
    }

    @Test func `a command's output reaches two sockets in pieces, as the device prints it`()
        async throws
    {
        try connect()
        let go = server.folder.path + "/go"
        let sockets = try (0..<2).map { _ in try device.socket() }
        let id = try device.custom(
            "echo one; while [ ! -e \(go) ]; do sleep 0.01; done; echo two >&2; exit 4")
        for socket in sockets {
            let first = try socket.nextObject()?["data"]?.objectValue
            #expect(first?["output"] == .string("one\n"))
            #expect(first?["status"] == .string("in-progress"))
        }
        try server.folder.write("", to: "go")
        for socket in sockets {
            let last = try socket.updates(of: id).last
            #expect(last?["status"] == .string("failed"))
            #expect(
                last?["output"] == .string("one\ntwo\nthe command ended with exit code 4\n"))
        }
    }

    @Test func `a device that goes away half-way fails the command, with a reason`() async throws {
        try connect()
        let file = server.folder.path + "/session"
        let socket = try device.socket()
        let id = try device.custom("ps -o ppid= -p $$ > \(file); echo begun; sleep 60")
        #expect(
            try socket.nextObject()?["data"]?.objectValue?["output"] == .string("begun\n"))
        let digits = try server.folder.text(of: "session").filter(\.isNumber)
        server.kill()
        kill(try #require(pid_t(digits)), SIGKILL)
        let end = try #require(try socket.updates(of: id).last)
        #expect(end["status"] == .string("failed"))
        #expect(end["output"] == .string("begun\nthe connection broke off\n"))
        let next = try await device.end(of: device.custom("true"))
        #expect(
            next["output"] == .string("cannot connect: nobody listens at that address\n"))
    }

    @Test func `an unknown host key is told, and works once it is given`() async throws {
        try connect(["host_key": .null])
        let told = try await device.end(of: device.custom("echo hello"))
        #expect(told["status"] == .string("failed"))
        #expect(told["output"]?.stringValue?.contains(server.fingerprint) == true)
        let list = try device.call("GET", "connection/").object["results"]?.arrayValue
        let connection = try #require(list?.first?.objectValue)
        var parameters = try #require(connection["parameters"]?.objectValue)
        #expect(parameters["key"] == .string("********"))
        parameters["host_key"] = .string(server.fingerprint)
        let path = "connection/\(connection["id"]?.stringValue ?? "")/"
        let body = JSONValue.object(["parameters": .object(parameters)]).text
        #expect(try device.call("PATCH", path, body).status == 200)
        let known = try await device.end(of: device.custom("echo hello"))
        #expect(known["output"] == .string("hello\n"))
    }

    @Test func `no secret is in the answers, the recording, the history or the log`() async throws {
        let seen = server.folder.path + "/seen"
        try connect(["passwd_command": .string("cat > \(seen)")])
        try device.connect(
            "ssh", #"{"host":"127.0.0.1","username":"u","password":"tell nobody"}"#)
        let id = try device.command(
            "change_password", #"{"password":"hunter 22","confirm_password":"hunter 22"}"#)
        let end = try await device.end(of: id)
        #expect(end["status"] == .string("success"), "\(end)")
        #expect(end["input"] == .object(["password": .string("********")]))
        #expect(try server.folder.text(of: "seen") == "hunter 22\nhunter 22\n")
        let answers = try ["command/", "connection/"].map { try device.call("GET", $0).text }
        daemon.process.signal(SIGTERM)
        _ = await daemon.process.waitForExit()
        let files = try ["run.jsonl", "history.jsonl"].map { try daemon.folder.text(of: $0) }
        let keyLine = try #require(server.key.split(separator: "\n").dropFirst().first)
        for text in answers + files + [daemon.process.standardError] {
            #expect(!text.isEmpty)
            for secret in ["hunter", "tell nobody", String(keyLine)] {
                #expect(!text.contains(secret))
            }
        }
        let replay = try ChildProcess(
            try BuiltProgram.path("boresight"), ["replay", daemon.folder.path + "/run.jsonl"])
        #expect(
            await replay.waitForExit(within: .seconds(60)) == .code(0),
            "\(replay.standardOutput)\(replay.standardError)")
        #expect(replay.standardOutput.contains("as recorded"))
    }
}
