import Engine
import Glibc
import JSON
import Synchronization
import TestSupport
import Testing
import Transport

/// `kill -9` at any moment loses nothing that was answered.
@Suite struct KillTests {
    private static let rounds = 20
    private static let clients = 4

    /// What clients have been promised.
    private final class Promises: Sendable {
        struct State {
            var live: Set<String> = []
            var deleted: Set<String> = []
            var joined: Set<String> = []
            var rotors: Set<String> = []
        }
        let state = Mutex(State())
    }

    @Test func `every answer that a client got holds after the daemon was killed under load`()
        async throws
    {
        let daemon = try await DaemonProcess([
            "--gpsd", "none", "--limits-sessions-per-minute", "1000000",
        ])
        let token = try daemon.token
        let promises = Promises()
        var random = SeededRandom(seed: 9, purpose: "kill")
        for round in 0..<Self.rounds {
            let url = daemon.url
            // Threads of their own: blocking calls would starve the tests' shared pool.
            let load = try (0..<Self.clients).map { client in
                try SystemThread(name: "client") {
                    Self.load(url, token, "\(round)-\(client)", promises)
                }
            }
            let enough = 1 + Int(random.next() % 60)
            let before = promises.state.withLock { $0.live.count + $0.deleted.count }
            let isLoaded = await eventually {
                promises.state.withLock { $0.live.count + $0.deleted.count } >= before + enough
            }
            #expect(isLoaded)
            daemon.kill()
            for thread in load { thread.join() }
            try await daemon.restart()
        }
        try check(daemon, promises.state.withLock { $0 })
    }

    /// Creates, joins and deletes until the daemon is gone; notes only what was answered.
    private static func load(_ url: String, _ token: String, _ name: String, _ promises: Promises) {
        guard let client = try? HTTPClient() else { return }
        var count = 0
        let bearer = HTTPHeaders([
            ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
        ])
        while let created = try? client.call("POST", url + "/api/sessions"),
            let session = created.object["token"]?.stringValue
        {
            promises.state.withLock { _ = $0.live.insert(session) }
            count += 1
            let path = url + "/api/sessions/" + session
            if count % 3 == 0 {
                // From here on both outcomes are right until an answer decides.
                promises.state.withLock { _ = $0.live.remove(session) }
                guard (try? client.call("DELETE", path))?.status == 204 else { return }
                promises.state.withLock { _ = $0.deleted.insert(session) }
            } else if (try? client.call("POST", path + "/join"))?.status == 200 {
                promises.state.withLock { _ = $0.joined.insert(session) }
            }
            if count == 5 {
                let rotor = "rotor-\(name)"
                let body = Array(#"{"name":"\#(rotor)","driver":"simulated"}"#.utf8)
                let answer = try? client.call(
                    "POST", url + "/api/rotors", headers: bearer, body: body)
                if answer?.status == 201 { promises.state.withLock { _ = $0.rotors.insert(rotor) } }
            }
        }
    }

    private func check(_ daemon: DaemonProcess, _ promises: Promises.State) throws {
        let client = try HTTPClient()
        #expect(promises.live.count > Self.rounds)
        for session in promises.live {
            let answer = try client.call("GET", daemon.url + "/api/sessions/" + session)
            #expect(answer.status == 200)
            if promises.joined.contains(session) {
                #expect(answer.object["is_paired"] == .bool(true))
            }
        }
        for session in promises.deleted {
            let answer = try client.call("GET", daemon.url + "/api/sessions/" + session)
            #expect(answer.status == 404)
        }
        let rotors = try JSONReader.read(client.call("GET", daemon.url + "/api/rotors").body)
        let names = Set(
            rotors.arrayValue?.compactMap { $0.objectValue?["name"]?.stringValue } ?? [])
        #expect(names.isSuperset(of: promises.rotors))
    }
}
