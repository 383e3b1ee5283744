import Engine
import JSON
import Store
import Synchronization
import TestSupport
import Testing
import Transport

/// Contract «001» about lists: long ones, while others write.
@Suite struct LeasePagesTests {
    private static let count = 100_000

    /// Writes ended leases into a store that no daemon has open, oldest first; their ids.
    private static func fill(
        _ folder: String, organization: String, device: String, user: String
    ) async throws -> [String] {
        let store = try SQLiteStore(directory: folder)
        var ids: [String] = []
        let durable = Mutex(0)
        for start in stride(from: 0, to: count, by: 5000) {
            var writes: [StoreWrite] = []
            for number in start..<min(start + 5000, count) {
                let tail = String(1 << 40 + number, radix: 16)
                let id =
                    "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - tail.count)
                    + tail
                ids.append(id)
                let created = 1_700_000_000_000_000_000 + Int64(number) * 1_000_000
                writes.append(
                    .put(
                        table: "leases",
                        row: [
                            "id": .text(id), "organization_id": .text(organization),
                            "user_id": .text(user), "platform": .text("ios"),
                            // One in a thousand is of the device that the test asks for.
                            "device_id": .text(number % 1000 == 7 ? device : "gone"),
                            "type": .text("real"), "name": .text("phone"),
                            "os_version": .text("17.1"), "created_ns": .integer(created),
                            "released_ns": .integer(created + 1), "end_reason": .text("released"),
                        ]))
            }
            store.commit(writes) { durable.withLock { $0 += 1 } }
            // The store bounds what waits for it.
            let commits = start / 5000 + 1
            try #require(await eventually { durable.withLock { $0 } == commits })
        }
        try store.close()
        return ids
    }

    private struct Pages {
        var ids: [String] = []
        var times: [String] = []
        var count = 0
    }

    /// Reads a list to its end, from the newest on.
    private static func pages(_ daemon: DaemonProcess, _ query: String) throws -> Pages {
        var pages = Pages()
        var cursor = ""
        while true {
            let answer = try daemon.call(
                "GET", "/api/v1/sessions?limit=500\(query)\(cursor)", token: daemon.token)
            try #require(answer.status == 200, "\(answer.text)")
            pages.count += 1
            for row in answer.object["data"]?.arrayValue ?? [] {
                pages.ids.append(row.objectValue?["id"]?.stringValue ?? "")
                pages.times.append(row.objectValue?["createdAt"]?.stringValue ?? "")
            }
            guard let next = answer.object["nextCursor"]?.stringValue else { return pages }
            #expect(next == pages.times.last)
            cursor = "&before=" + next
        }
    }

    @Test func `a hundred thousand leases are each seen once, newest first, while others are made`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let organization = try daemon.organization
        let made = try daemon.call(
            "POST", "/api/v1/controller/device/",
            json: #"{"name":"phone","organization":"\#(organization)"}"#, token: daemon.token)
        let device = try #require(made.object["id"]?.stringValue)
        let user = try daemon.call("GET", "/v1/users/admin@localhost", token: daemon.token)
        daemon.process.signal(15)
        try #require(await daemon.process.waitForExit() == .code(0))
        let ids = try await Self.fill(
            daemon.folder.path, organization: organization, device: device,
            user: try #require(user.object["id"]?.stringValue))
        try await daemon.restart()

        let (url, token) = (daemon.url, try daemon.token)
        let other = Other()
        async let leased = other.run(url, token, device)
        // Some of it is there before, some comes in the middle.
        try await Task.sleep(for: .milliseconds(200))
        let all = try Self.pages(daemon, "")
        other.stop()
        let new = try await leased
        #expect(new > 0, "nobody leased anything meanwhile")
        #expect(all.count >= 200)
        #expect(all.ids.count { $0.hasPrefix("00000000-0000-4000-8000-") } == Self.count)
        #expect(Array(all.ids.suffix(Self.count)) == ids.reversed())
        #expect(Set(all.ids).count == all.ids.count)
        #expect(all.times == all.times.sorted(by: >))

        #expect(try Self.pages(daemon, "&active=true").ids.isEmpty)
        let ofDevice = try Self.pages(daemon, "&device=\(device)")
        #expect(ofDevice.ids.count == 100 + new)
        #expect(try Self.pages(daemon, "&device=\(device)&active=false").ids == ofDevice.ids)
        let oldest = try daemon.call("GET", "/api/v1/sessions/\(ids[0])", token: token)
        #expect(oldest.object["createdAt"] == .string("2023-11-14T22:13:20.000Z"))
    }

    /// Another client, which leases and releases as long as somebody reads.
    private final class Other: Sendable {
        private let isReading = Atomic(true)

        func stop() { isReading.store(false, ordering: .relaxed) }

        /// How often it did.
        func run(_ url: String, _ token: String, _ device: String) async throws -> Int {
            let client = try HTTPClient()
            let headers = HTTPHeaders([
                ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
            ])
            var count = 0
            while isReading.load(ordering: .relaxed) {
                let lease = try client.call(
                    "POST", url + "/api/v1/sessions", headers: headers,
                    body: Array(#"{"device":"\#(device)"}"#.utf8))
                let id = try #require(lease.object["id"]?.stringValue)
                let released = try client.call(
                    "POST", url + "/api/v1/sessions/\(id)/release", headers: headers)
                try #require(released.status == 200)
                count += 1
                await Task.yield()
            }
            return count
        }
    }
}
