import Engine
@testable import Station
import Synchronization
import Testing

/// What the audit keeps, drops, stores and shows.
@Suite struct AuditTests {
    /// Writes in the order in which they came.
    private final class Kept: TurnStore {
        let writes = Mutex<[StoreWrite]>([])

        func commit(_ writes: [StoreWrite], whenDurable: @escaping @Sendable () -> Void) {
            self.writes.withLock { $0 += writes }
            whenDurable()
        }

        /// The rows that are left of a table.
        func rows(_ table: String, _ key: String) -> [StoreRow] {
            var rows: [StoreRow] = []
            for write in writes.withLock({ $0 }) {
                switch write {
                case .put(table, let row):
                    rows.removeAll { $0[key] == row[key] }
                    rows.append(row)
                case .delete(table, let row): rows.removeAll { $0[key] == row[key] }
                default: break
                }
            }
            return rows
        }
    }

    private final class World {
        let core: Core
        let audit: Audit
        let kept: Kept

        init(_ limits: AuditLimits = AuditLimits(), kept: Kept = Kept()) {
            let core = Core(
                pace: .virtual, seed: 1, utc: UTCTime(nanoseconds: 1_800_000_000_000_000_000),
                store: kept)
            let audit = Audit(core: core, identity: Identity(core: core), limits: limits)
            let (rows, counters) = (kept.rows("audit", "number"), kept.rows("counters", "name"))
            core.perform { audit.enter { $0.start(rows, counters: counters) } }
            (self.core, self.audit, self.kept) = (core, audit, kept)
        }

        func add(_ events: AuditEvent..., pace: AuditPace = .each) {
            core.perform { audit.enter { audit in for event in events { audit.add(event, pace) } } }
        }

        func newest(of user: String? = nil, limit: Int = 500) -> [AuditEntry] {
            core.look { audit.enter { $0.newest(of: user, limit: limit) } }
        }

        func page(
            of filter: AuditFilter, before: Int64? = nil, limit: Int
        ) -> (entries: [AuditEntry], next: Int64?) {
            core.look { audit.enter { $0.page(of: filter, before: before, limit: limit) } }
        }

        func fault() -> AuditCheck.Fault? {
            var check = AuditCheck()
            do throws(AuditCheck.Fault) {
                for row in kept.rows("audit", "number") { try check.take(row) }
                let counter = kept.rows("counters", "name").first { $0.text("name") == "audit" }
                try check.finish(counted: counter?.integer("value"))
                return nil
            } catch {
                return error
            }
        }
    }

    private static func event(_ action: String, user: String? = nil) -> AuditEvent {
        var event = AuditEvent(action)
        event.user = user
        return event
    }

    @Test func `entries are shown newest first and go on after a restart`() {
        let world = World()
        world.add(Self.event("a"), Self.event("b"))
        let again = World(kept: world.kept)
        again.add(Self.event("c"))
        #expect(again.newest().map(\.event.action) == ["c", "b", "a"])
        #expect(again.newest().map(\.number) == [3, 2, 1])
        #expect(again.newest(limit: 1).map(\.number) == [3])
        #expect(again.fault() == nil)
    }

    @Test func `the oldest go at once, and the chain says where it begins`() {
        var limits = AuditLimits()
        limits.entries = 10
        limits.trimmedAtOnce = 4
        let world = World(limits)
        for number in 0..<35 { world.add(Self.event("a\(number)")) }
        #expect(world.newest().count <= 10)
        #expect(world.kept.rows("audit", "number").count == world.newest().count)
        #expect(world.fault() == nil)
        #expect(World(limits, kept: world.kept).newest() == world.newest())
    }

    @Test func `what was counted is told when the window is over`() {
        let world = World()
        for _ in 0..<13 { world.add(Self.event("x"), pace: .stranger) }
        #expect(world.newest().count == 10)
        world.core.run(for: .seconds(59))
        #expect(world.newest().count == 10)
        world.core.run(for: .seconds(1))
        #expect(world.newest().first?.event.details == "and 3 more")
        world.core.run(for: .seconds(600))
        #expect(world.newest().count == 11)
        #expect(world.fault() == nil)
    }

    @Test func `a page has what is wanted, and says before which number to go on`() {
        let world = World()
        for number in 0..<7 {
            world.add(Self.event("a\(number)", user: number % 2 == 0 ? "eva" : "ben"))
        }
        var filter = AuditFilter()
        filter.user = "eva"
        let first = world.page(of: filter, limit: 2)
        #expect(first.entries.map(\.number) == [7, 5])
        #expect(first.next == 5)
        let second = world.page(of: filter, before: first.next, limit: 2)
        #expect(second.entries.map(\.number) == [3, 1])
        #expect(second.next == nil)
        #expect(world.newest(of: "ben").map(\.number) == [6, 4, 2])
    }

    @Test func `what may be a token is kept out, and texts are cut`() {
        let world = World()
        let token = String(repeating: "aB3-_", count: 9).prefix(43)
        var event = Self.event("x")
        event.details = "there is nothing at /x/\(token)/y \(token)z \(token.prefix(36))"
        event.resource = "session:\(token)"
        event.userEmail = String(repeating: "é ", count: 600)
        world.add(event)
        let kept = world.newest().first?.event
        #expect(kept?.details == "there is nothing at /x/…/y … \(token.prefix(36))")
        #expect(kept?.resource == "session:…")
        #expect(kept?.userEmail.unicodeScalars.count == 500)
        #expect(kept?.userEmail.hasSuffix("…") == true)
        #expect(world.fault() == nil)
    }

    @Test func `a malformed row is left out, and the check still finds it`() {
        let world = World()
        world.add(Self.event("a"), Self.event("b"))
        let broken = world.kept.rows("audit", "number")[1]
        world.kept.writes.withLock {
            $0.append(
                .put(
                    table: "audit",
                    row: StoreRow(
                        columns: broken.columns.map { column in
                            column.name == "action"
                                ? .init(name: "action", value: .integer(1)) : column
                        })))
        }
        let again = World(kept: world.kept)
        again.add(Self.event("c"))
        #expect(again.newest().map(\.number) == [3, 1])
        #expect(again.fault()?.number == 2)
    }
}
