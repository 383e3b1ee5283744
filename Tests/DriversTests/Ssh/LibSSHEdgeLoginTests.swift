import Drivers
import Foundation
import TestSupport
import Testing

/// Who is let in by a real sshd, and which sshd is let in on what.
@Suite(.timeLimit(.minutes(2))) struct LibSSHEdgeLoginTests {
    // MARK: The device

    @Test func `another host key is refused before the login, and told`() async throws {
        let bench = try await SSHBench()
        let events = await bench.run("true") { $0.hostKeyFingerprint = "SHA256:other" }
        #expect(events == [.failed(.hostKeyMismatch(found: bench.server.fingerprint))])
    }

    @Test func `an unknown host key is refused and told`() async throws {
        let bench = try await SSHBench()
        let events = await bench.run("true") { $0.hostKeyFingerprint = nil }
        #expect(events == [.failed(.hostKeyUnknown(fingerprint: bench.server.fingerprint))])
    }

    // MARK: Passwords

    @Test(arguments: [SSHServer.Passwords.asPassword, .asAnswer])
    func `a password lets the user in`(passwords: SSHServer.Passwords) async throws {
        let bench = try await SSHBench(passwords)
        let events = await bench.run("echo in") {
            $0.authentication = .password(SSHServer.password)
        }
        #expect(events.first == .connected)
        #expect(events.printed == "in\n")
        #expect(events.last == .ended(exitCode: 0))
    }

    @Test(arguments: [SSHServer.Passwords.asPassword, .asAnswer])
    func `another password does not`(passwords: SSHServer.Passwords) async throws {
        let bench = try await SSHBench(passwords)
        let events = await bench.run("echo in") { $0.authentication = .password("secret") }
        #expect(events == [.failed(.authenticationRefused)])
    }

    /// Else it would show on the device, or be sent in place of a code.
    @Test(arguments: [SSHServer.Passwords.asAnswerThatShows, .asTwoAnswers])
    func `a password answers one question that hides it, and no other`(
        passwords: SSHServer.Passwords
    ) async throws {
        let bench = try await SSHBench(passwords)
        let events = await bench.run("echo in") {
            $0.authentication = .password(SSHServer.password)
        }
        #expect(events == [.failed(.authenticationRefused)])
    }

    // MARK: Keys

    @Test func `a key that the device does not know is refused`() async throws {
        let bench = try await SSHBench()
        let stranger = try bench.server.folder.text(of: "stranger")
        let events = await bench.run("true") {
            $0.authentication = .privateKey(stranger, passphrase: nil)
        }
        #expect(events == [.failed(.authenticationRefused)])
    }

    @Test func `what is no key is not sent`() async throws {
        let bench = try await SSHBench()
        let events = await bench.run("true") {
            $0.authentication = .privateKey("no", passphrase: nil)
        }
        #expect(events == [.failed(.keyUnreadable)])
    }

    @Test(arguments: [
        ["-t", "ed25519"], ["-t", "ecdsa"], ["-t", "rsa", "-b", "2048"],
        ["-t", "rsa", "-b", "2048", "-m", "PEM"],
    ])
    func `a key with a passphrase opens with that alone`(kind: [String]) async throws {
        let bench = try await SSHBench()
        let key = try await SSHServer.makeKey(
            in: bench.server.folder, "locked", kind, passphrase: "open sesame")
        try bench.server.allow("locked")
        let attempts: [(passphrase: String?, last: SSHEvent)] = [
            ("open sesame", .ended(exitCode: 0)), ("close", .failed(.keyUnreadable)),
            (nil, .failed(.keyUnreadable)),
        ]
        for (run, attempt) in zip((1 as UInt64)..., attempts) {
            bench.start("true", as: run) {
                $0.authentication = .privateKey(key, passphrase: attempt.passphrase)
            }
            #expect(await bench.events(of: run).last == attempt.last, "\(attempt)")
        }
    }

    /// The key takes more than a second, and longer on a busy machine; a login takes a tenth.
    @Test func `a key that is slow to read holds up no other run`() async throws {
        let bench = try await SSHBench()
        let slow = try await Self.key(in: bench.server.folder, rounds: 256)
        bench.start("true") { $0.authentication = .privateKey(slow, passphrase: "open sesame") }
        bench.start("echo swift", as: 2)
        #expect(await bench.events(of: 2).printed == "swift\n")
        #expect(bench.heard.of(1).isEmpty)
        bench.edge.perform(.cancel, on: 1)
        #expect(await bench.events() == [.failed(.cancelled)])
    }

    @Test func `a key that is slower than the connect time-out is given up`() async throws {
        let bench = try await SSHBench()
        let slow = try await Self.key(in: bench.server.folder, rounds: 256)
        let events = await bench.run("true") {
            $0.authentication = .privateKey(slow, passphrase: "open sesame")
            $0.connectTimeout = .milliseconds(50)
        }
        #expect(events == [.failed(.connectTimedOut)])
    }

    @Test func `a key whose reading nobody could end is not begun`() async throws {
        let bench = try await SSHBench()
        let endless = try await Self.key(in: bench.server.folder, rounds: 257)
        let unknown = try await SSHServer.makeKey(
            in: bench.server.folder, "unknown", ["-t", "rsa", "-b", "2048", "-m", "PKCS8"],
            passphrase: "open sesame")
        for (run, key) in zip((1 as UInt64)..., [endless, unknown]) {
            bench.start("true", as: run) {
                $0.authentication = .privateKey(key, passphrase: "open sesame")
            }
            #expect(await bench.events(of: run) == [.failed(.keyTooSlow)])
        }
    }

    /// A key that is said to take that many rounds of bcrypt; whoever does them all finds rubbish.
    private static func key(in folder: TemporaryFolder, rounds: UInt32) async throws -> String {
        let key = try await SSHServer.makeKey(in: folder, "slow", passphrase: "open sesame")
        var lines = key.split(separator: "\n")
        var data = try #require(Data(base64Encoded: lines.dropFirst().dropLast().joined()))
        // PROTOCOL.key: "bcrypt", then the options: their length, the salt with its length, rounds.
        let name = try #require(data.range(of: Data("bcrypt".utf8)))
        let place = name.upperBound + 4 + 4 + 16
        data.replaceSubrange(
            place..<place + 4, with: withUnsafeBytes(of: rounds.bigEndian) { Data($0) })
        lines[1...(lines.count - 2)] = [Substring(data.base64EncodedString())]
        return lines.joined(separator: "\n") + "\n"
    }
}
