import Engine
import JSON
import Synchronization
import TestSupport
import Testing
import Transport

/// `kill -9` under load loses no tick, no lease and no command that was answered.
@Suite struct FieldKillTests {
    private static let rounds = 5
    private static let devices = 3
    /// Commands in a round: less than the station keeps of one device.
    private static let commands = 90

    /// What clients have been promised.
    private final class Promises: Sendable {
        struct State {
            /// Longitudes by device, in the order of the answers.
            var ticks: [[Int]] = Array(repeating: [], count: FieldKillTests.devices)
            /// Leases, and whether their release was answered; nil while it is asked for.
            var leases: [String: Bool?] = [:]
            /// Commands of a round, and whether somebody was told of their success.
            var commands: [String: Bool] = [:]
        }
        let state = Mutex(State())
    }

    private struct Device: Sendable {
        let id: String
        let key: String
    }

    @Test func `what was answered is there after each kill`() async throws {
        let daemon = try await DaemonProcess(["--gpsd", "none", "--limits-trail", "100000"])
        let organization = try daemon.organization
        let devices = try (0..<Self.devices).map { index in
            let made = try daemon.call(
                "POST", "/api/v1/controller/device/",
                json: #"{"name":"device \#(index)","organization":"\#(organization)"}"#,
                token: daemon.token
            ).object
            return Device(
                id: try #require(made["id"]?.stringValue),
                key: try #require(made["key"]?.stringValue))
        }
        let promises = Promises()
        let token = try daemon.token
        for round in 1...Self.rounds {
            let url = daemon.url
            let mast = try DeviceOfDaemon(daemon, "mast \(round)")
            try mast.connect("simulated", #"{"script":{"custom":[{"after":0.02,"exit_code":0}]}}"#)
            promises.state.withLock { $0.commands = [:] }
            var threads = try devices.enumerated().map { index, device in
                try SystemThread(name: "device") { Self.report(url, device, index, promises) }
            }
            threads.append(
                try SystemThread(name: "lessee") {
                    Self.lease(url, devices[0].id, token, promises)
                })
            let commands = url + mast.path + "command/"
            threads.append(
                try SystemThread(name: "operator") { Self.order(commands, token, promises) })
            let isLoaded = await eventually {
                promises.state.withLock { state in
                    state.ticks.allSatisfy { $0.count >= round * 20 }
                        && state.leases.count >= round * 4 && state.commands.count >= 40
                        && state.commands.values.contains(true)
                }
            }
            #expect(isLoaded)
            daemon.kill()
            for thread in threads { thread.join() }
            try await daemon.restart()
            try check(daemon, devices, promises.state.withLock { $0 })
            try check(mast, promises.state.withLock { $0.commands })
            try releaseAll(daemon, promises)
        }
    }

    /// Releases what the kill left held, also what it left without an answer.
    private func releaseAll(_ daemon: DaemonProcess, _ promises: Promises) throws {
        let held = try daemon.call("GET", "/api/v1/sessions?active=true", token: daemon.token)
        for lease in held.object["data"]?.arrayValue ?? [] {
            let id = try #require(lease.objectValue?["id"]?.stringValue)
            _ = try daemon.call("POST", "/api/v1/sessions/\(id)/release", token: daemon.token)
            promises.state.withLock { $0.leases[id] = .some(true) }
        }
    }

    /// Reports one place after the other until the daemon is gone.
    private static func report(_ url: String, _ device: Device, _ index: Int, _ promises: Promises)
    {
        guard let client = try? HTTPClient() else { return }
        let path = "/api/v1/controller/device/\(device.id)/coordinates/?key=\(device.key)"
        var next = (promises.state.withLock { $0.ticks[index].last } ?? 0) + 1
        let json = HTTPHeaders([("Content-Type", "application/json")])
        while true {
            let body = #"{"geometry":{"type":"Point","coordinates":[\#(Double(next) / 100),1]}}"#
            let answer = try? client.call("PUT", url + path, headers: json, body: Array(body.utf8))
            guard answer?.status == 200 else { return }
            promises.state.withLock { $0.ticks[index].append(next) }
            next += 1
        }
    }

    /// Takes and releases a lease until the daemon is gone.
    private static func lease(
        _ url: String, _ device: String, _ token: String, _ promises: Promises
    ) {
        guard let client = try? HTTPClient() else { return }
        let headers = HTTPHeaders([
            ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
        ])
        let body = Array(#"{"device":"\#(device)"}"#.utf8)
        while let made = try? client.call(
            "POST", url + "/api/v1/sessions", headers: headers, body: body),
            let id = made.object["id"]?.stringValue
        {
            promises.state.withLock { $0.leases[id] = .some(false) }
            // From here on both outcomes are right until an answer decides.
            promises.state.withLock { $0.leases[id] = .some(nil) }
            let released = try? client.call(
                "POST", url + "/api/v1/sessions/\(id)/release", headers: headers)
            guard released?.status == 200 else { return }
            promises.state.withLock { $0.leases[id] = .some(true) }
        }
    }

    /// Gives commands faster than the device can take them, and asks for the oldest, until the
    /// daemon is gone.
    private static func order(_ commands: String, _ token: String, _ promises: Promises) {
        guard let client = try? HTTPClient() else { return }
        let headers = HTTPHeaders([
            ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
        ])
        let body = Array(#"{"type":"custom","input":{"command":"x"}}"#.utf8)
        var given: [String] = []
        while true {
            if promises.state.withLock({ $0.commands.count }) < Self.commands {
                let made = try? client.call("POST", commands, headers: headers, body: body)
                guard let made else { return }
                if made.status == 201, let id = made.object["id"]?.stringValue {
                    given.append(id)
                    promises.state.withLock { $0.commands[id] = false }
                }
            }
            guard let oldest = given.first else { return }
            guard let state = try? client.call("GET", commands + oldest + "/", headers: headers)
            else { return }
            guard state.object["status"] == .string("success"), given.count > 1 else { continue }
            given.removeFirst()
            promises.state.withLock { $0.commands[oldest] = true }
        }
    }

    private func check(_ mast: DeviceOfDaemon, _ promised: [String: Bool]) throws {
        for (id, hasSucceeded) in promised {
            let state = try mast.state(of: id)
            let isInterrupted =
                state["status"] == .string("failed")
                && state["output"] == .string("interrupted by restart\n")
            #expect(
                state["status"] == .string("success") || (isInterrupted && !hasSucceeded),
                "the command \(id) is \(state)")
        }
    }

    private func check(
        _ daemon: DaemonProcess, _ devices: [Device], _ promised: Promises.State
    ) throws {
        for (index, device) in devices.enumerated() {
            let path = "/api/v1/controller/device/\(device.id)/location/"
            let location =
                try daemon.call("GET", path, token: daemon.token)
                .object["location"]?.objectValue?["id"]?.stringValue ?? ""
            let trail = try daemon.call(
                "GET", "/v1/locations/\(location)/trail?format=csv", token: daemon.token)
            let seen = trail.text.split(separator: "\r\n").dropFirst().compactMap { line in
                line.split(separator: ",").dropFirst(2).first.flatMap { Double($0) }.map {
                    Int(($0 * 100).rounded())
                }
            }
            let missing = Set(promised.ticks[index]).subtracting(seen)
            #expect(missing.isEmpty, "device \(index) lost \(missing.sorted())")
            #expect(seen == seen.sorted(), "in the order of the answers")
        }
        for (lease, isReleased) in promised.leases {
            let answer = try daemon.call(
                "GET", "/api/v1/sessions/\(lease)", token: daemon.token)
            #expect(answer.status == 200, "the lease \(lease) is gone")
            if let isReleased {
                #expect((answer.object["releasedAt"] != .null) == isReleased)
            }
        }
    }
}
