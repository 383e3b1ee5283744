import Testing

@testable import Drivers

@Suite struct ProcessEntryTests {
    private static let ours = ProcessCookie(station: "/data", session: "s-1")

    private func entry(
        _ id: Int32, parent: Int32 = 1, group: Int32? = nil, session: Int32? = nil,
        isAlive: Bool = true, _ cookie: ProcessCookie? = nil
    ) -> ProcessEntry {
        ProcessEntry(
            id: id, parent: parent, group: group ?? id, session: session ?? id, isAlive: isAlive,
            cookie: cookie)
    }

    private func found(
        _ entries: [ProcessEntry], leader: Int32? = 10, session: String? = "s-1"
    ) -> [Int32] {
        ProcessOwner(cookie: ProcessCookie(station: "/data", session: session), leader: leader)
            .processes(among: entries, sparing: 7).map(\.id)
    }

    @Test(arguments: ["sleep", "a b) R (", ""])
    func `a line of Linux is read, whatever the program calls itself`(name: String) {
        let line = "42 (\(name)) S 7 40 39 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 2 3\n"
        #expect(
            ProcessEntry(id: 42, stat: bytes(line))
                == ProcessEntry(id: 42, parent: 7, group: 40, session: 39, startedAt: 98765))
    }

    @Test(arguments: [("Z", 1, false), ("X", 1, false), ("Z", 2, true), ("D", 1, true)])
    func `a zombie is dead unless another of its threads lives`(
        state: String, threads: Int, isAlive: Bool
    ) {
        let line = "42 (a) \(state) 7 40 39 0 -1 0 1 2 3 4 5 6 7 8 20 0 \(threads) 0 5 0"
        #expect(ProcessEntry(id: 42, stat: bytes(line))?.isAlive == isAlive)
    }

    @Test(arguments: [
        "", "42", "42 (a", "42 (a) S 7", "42 (a) S x 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
    ])
    func `half a line is no process`(line: String) {
        #expect(ProcessEntry(id: 42, stat: bytes(line)) == nil)
    }

    @Test func `the cookie, the session, the group and the parent each tell whose it is`() {
        let entries = [
            entry(10), entry(11, Self.ours), entry(12, session: 10), entry(13, group: 10),
            entry(14, parent: 12), entry(15, parent: 14), entry(16),
        ]
        #expect(found(entries) == [10, 11, 12, 13, 14, 15])
        #expect(found(entries, leader: nil) == [11])
    }

    @Test func `what carries another cookie is somebody else's, with all it has started`() {
        let entries = [
            entry(10, Self.ours),
            entry(11, parent: 10, ProcessCookie(station: "/b", session: "s-1")),
            entry(12, parent: 11),
            entry(13, session: 10, ProcessCookie(station: "/data", session: "s-2")),
        ]
        #expect(found(entries) == [10])
        #expect(found(entries, leader: nil, session: nil) == [10, 13])
    }

    @Test func `what was found before is known without a mark, and a later process is not`() {
        var owner = ProcessOwner(cookie: Self.ours)
        let orphan = ProcessEntry(id: 11, parent: 1, group: 11, session: 11, startedAt: 5)
        let later = ProcessEntry(id: 11, parent: 1, group: 11, session: 11, startedAt: 6)
        #expect(owner.processes(among: [orphan], sparing: 7) == [])
        owner.known = [orphan.identity]
        #expect(owner.processes(among: [orphan], sparing: 7) == [orphan])
        #expect(owner.processes(among: [later], sparing: 7) == [])
    }

    @Test func `the asking process and the dead are never meant`() {
        let entries = [
            entry(7, Self.ours), entry(8, parent: 7), entry(10, isAlive: false, Self.ours),
        ]
        #expect(found(entries) == [])
    }
}
