import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// The client verbs against a daemon, program to program.
@Suite struct RunningDaemonTests {
    /// A daemon with a data folder of its own; both go with it.
    private final class RunningDaemon {
        let folder: String
        let url: String
        private let process: ChildProcess

        init(_ words: [String] = []) async throws {
            folder = FileManager.default.temporaryDirectory.path + "/boresight-\(UUID())"
            process = try ChildProcess(
                BuiltProgram.path(),
                [
                    "serve", "--data", folder + "/data", "--listen", "127.0.0.1:0", "--gpsd",
                    "none", "--station", "52.5,13.4",
                ] + words, environment: ["HOME=/nonexistent"])
            let line = try await process.waitForLine(containing: "ready ")
            url = String(line.dropFirst("ready ".count))
        }

        deinit {
            process.kill()
            try? FileManager.default.removeItem(atPath: folder)
        }

        func run(_ line: String, _ more: [String] = []) async throws -> BuiltProgram.Result {
            let words = line.split(separator: " ").map(String.init)
            return try await BuiltProgram.run(
                words + ["--server", url, "--data", folder + "/data"] + more)
        }
    }

    @Test func `a rotor is added, pointed, stopped and deleted`() async throws {
        let daemon = try await RunningDaemon()
        #expect(
            try await daemon.run("rotor add sim --driver simulated").output == "rotor 1 is sim\n")
        #expect(try await daemon.run("rotor list").output.contains("\n1   sim "))
        let pointed = try await daemon.run("rotor point sim 90 30")
        #expect(pointed.output == "turning to azimuth 90°, elevation 30°\n")
        #expect(try await daemon.run("rotor stop").output == "sim stopped\n")
        #expect(try await daemon.run("rotor position").output.hasPrefix("rotor      sim\n"))
        #expect(try await daemon.run("rotor delete sim").exit == .code(0))
        #expect(try await daemon.run("rotor list -o json").output == "[]\n")
    }

    @Test func `a password is read from a file or from standard input, and never from the line`()
        async throws
    {
        let daemon = try await RunningDaemon()
        let file = daemon.folder + "/password"
        try Data("open sesame\n".utf8).write(to: URL(filePath: file))
        let added = try await daemon.run("user add eva@b --password-file " + file)
        #expect(added.exit == .code(0), "\(added.error)")
        let set = try await daemon.run("user password eva@b --password-file " + file)
        #expect(set.output == "eva@b has a new password\n")
        // This test's own standard input is empty.
        let empty = try await daemon.run("user password eva@b --password-file -")
        #expect(empty.exit == .code(1))
        #expect(empty.error.contains("must have one line of text"))
        let missing = try await daemon.run("user password eva@b")
        #expect(missing.exit == .code(2))
        #expect(missing.error.contains("--password-file is missing"))
    }

    @Test func `a second factor is made, shown and removed`() async throws {
        let daemon = try await RunningDaemon()
        #expect(try await daemon.run("mfa enrol").error.contains("has no password"))
        let file = daemon.folder + "/password"
        try Data("open sesame\n".utf8).write(to: URL(filePath: file))
        _ = try await daemon.run("user password admin@localhost --password-file " + file)
        let made = try await daemon.run("mfa enrol")
        #expect(made.output.contains("\n  otpauth://totp/Boresight:admin%40localhost?secret="))
        #expect(try await daemon.run("mfa status").output.hasPrefix("not confirmed; "))
        #expect(try await daemon.run("mfa confirm 1").error.contains("the code is wrong"))
        #expect(try await daemon.run("mfa remove").output == "removed\n")
        let reset = try await daemon.run("user reset-mfa admin@localhost")
        #expect(reset.error.contains("there is no second factor"))
    }

    @Test func `users, members and tokens are added, listed and ended`() async throws {
        let daemon = try await RunningDaemon()
        let club = ["Field day"]
        let user = try await daemon.run("user add eva@b --permission rotor.operate --name Eva")
        #expect(user.output.hasPrefix("user eva@b is "))
        #expect(
            try await daemon.run("organization add", club).output.hasPrefix(
                "organisation Field day is "))
        #expect(
            try await daemon.run("member set", club + ["eva@b", "manager"]).output
                == "now manager\n")
        let token = try await daemon.run(
            "token create eva@b --name phone", ["--organization"] + club)
        #expect(token.output.utf8.count == 44, "the token alone, for scripts")
        #expect(try await daemon.run("user list").output.contains("rotor.operate"))
        #expect(try await daemon.run("organization list").output.contains("Field day"))
        #expect(try await daemon.run("member list", club).output.contains("manager"))
        let tokens = try await daemon.run("token list")
        #expect(!tokens.output.contains(token.output.dropLast()))
        let line = try #require(tokens.output.split(separator: "\n").first { $0.contains("phone") })
        let id = String(line.prefix { $0 != " " })
        #expect(try await daemon.run("token revoke", [id]).output == "revoked\n")
        #expect(try await daemon.run("token revoke", [id]).exit == .code(1))
        #expect(try await daemon.run("member remove", club + ["eva@b"]).output == "removed\n")
        #expect(try await !daemon.run("member list", club).output.contains("manager"))
        let twice = try await daemon.run("user add EVA@B")
        #expect(twice.exit == .code(1))
        #expect(twice.error.contains("e-mail address already"))
    }

    @Test func `a refusal has the server's words`() async throws {
        let daemon = try await RunningDaemon()
        _ = try await daemon.run("rotor add sim --driver simulated")
        let below = try await daemon.run("rotor point sim 90 -30")
        #expect(below.exit == .code(1))
        #expect(below.error.contains("below the horizon"))
        let tokenless = try await BuiltProgram.run(
            ["rotor", "point", "sim", "90", "30", "--server", daemon.url])
        #expect(tokenless.exit == .code(1))
        #expect(tokenless.error.contains("--token-file FILE"))
    }

    @Test func `the station is shown`() async throws {
        let station = try await RunningDaemon().run("station")
        #expect(station.exit == .code(0))
        #expect(station.output.contains("latitude    52.5°\n"))
    }

    @Test func `a certificate is trusted when its authority is named`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/boresight-\(UUID())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let openssl = try ChildProcess(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "1", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=IP:127.0.0.1", "-keyout", folder + "/key", "-out", folder + "/cert",
            ])
        try #require(await openssl.waitForExit() == .code(0), "\(openssl.standardError)")
        let daemon = try await RunningDaemon([
            "--tls-certificate", folder + "/cert", "--tls-key", folder + "/key",
        ])
        #expect(daemon.url.hasPrefix("https://"))
        #expect(
            try await daemon.run("station", ["--authority", folder + "/cert"]).exit == .code(0))
        let distrusted = try await daemon.run("station")
        #expect(distrusted.exit == .code(69))
        #expect(distrusted.error.contains("name its authority: --authority FILE"))
    }

    @Test func `an authority for called servers that cannot be read is said at the start`()
        async throws
    {
        let run = try await BuiltProgram.run([
            "serve", "--data", "/nowhere", "--web-authority", "/nowhere/authority.pem",
        ])
        #expect(run.exit == .code(78))
        #expect(run.error.contains("/nowhere/authority.pem"))
    }
}
