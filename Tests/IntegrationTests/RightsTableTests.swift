import JSON
import TestSupport
import Testing
import Transport

/// Everybody at every route, over the wire.
@Suite struct RightsTableTests {
    @Test func `the table has every route that the documents list, and no other`() async throws {
        let daemon = try await SharedDaemon.plain.value
        var documented: Set<String> = []
        for name in ["leases", "controller", "boresight", "pairing"] {
            documented.formUnion(try Self.routes(of: name, daemon))
        }
        let rows = try #require(RightsTable.rows, "the table cannot be read")
        let table = Set(rows.map(\.route))
        #expect(documented.subtracting(table).sorted() == [], "not in the table")
        #expect(table.subtracting(documented).sorted() == [], "in no document")
        #expect(Set(rows.map(\.name)).count == rows.count)
        let names = Set(rows.map(\.name))
        #expect(RightsTable.bodies.keys.filter { !names.contains($0) } == [])
    }

    /// Of the pairing document the rotors only: the rest asks nobody who they are.
    private static func routes(of name: String, _ daemon: DaemonProcess) throws -> [String] {
        let document = try daemon.call("GET", "/openapi/\(name).json").object
        var routes: [String] = []
        for path in document["paths"]?.objectValue?.members ?? [] {
            for operation in path.value.objectValue?.members ?? [] {
                routes.append(RightsRow.route(operation.key.uppercased(), path.key))
            }
        }
        let sockets = document["info"]?.objectValue?["description"]?.stringValue ?? ""
        for match in sockets.matches(of: /`(\/ws[^`]*)`/) {
            routes.append(RightsRow.route("GET", String(match.output.1)))
        }
        for route in document["x-undescribed"]?.arrayValue ?? [] {
            routes.append((route.stringValue ?? "").replacing(/\{[^}]*\}/, with: "{}"))
        }
        #expect(!routes.isEmpty, "\(name)")
        return name == "pairing" ? routes.filter { $0.contains(" /api/rotors") } : routes
    }

    @Test func `everybody is answered at every route as the table says`() async throws {
        let scene = try await RightsScene()
        let rows = try #require(RightsTable.rows, "the table cannot be read")
        let readable = Set(rows.filter { !$0.changes && !$0.isSocket }.map(\.route))
            .subtracting(RightsTable.restless)
        for row in rows where row.changes && row.watched(readable) == nil {
            #expect(RightsTable.unseen.contains(row.name), "\(row.name)")
        }
        for row in rows {
            for (person, cell) in row.cells {
                let call = try RightsCall(row, person, scene, readable: readable)
                try await call.check(cell)
            }
        }
    }
}
