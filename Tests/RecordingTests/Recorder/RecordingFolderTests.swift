import Recording
import TestSupport
import Testing

@Suite struct RecordingFolderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func recordings(
        _ change: (inout RecordingFolder.Limits) -> Void = { _ in }
    ) -> RecordingFolder {
        var limits = RecordingFolder.Limits()
        change(&limits)
        return RecordingFolder(path: folder.path, limits: limits)
    }

    @Test func `parts are one recording, also when the first of them is gone`() throws {
        for (part, line) in [("", "one"), (".1", "two"), (".2", "three")] {
            try folder.write(
                RecordingSample.headerLine + "\n\(line)\n", to: "a.jsonl" + part)
        }
        try folder.write(RecordingSample.headerLine + "\n", to: "b.jsonl.7")
        let listed = recordings().list()
        #expect(listed.map(\.name) == ["a", "b"])
        let bytes = 3 * (RecordingSample.headerLine.utf8.count + 1) + "one\ntwo\nthree\n".utf8.count
        #expect(listed.first?.bytes == bytes)
        guard case .recording = listed.last?.content else {
            Issue.record("not read")
            return
        }
        let text = String(decoding: try recordings().read("a"), as: UTF8.self)
        #expect(text == RecordingSample.headerLine + "\none\ntwo\nthree\n")
    }

    @Test func `the bounds hold`() throws {
        try folder.write(RecordingSample.headerLine + "\nabc\n", to: "a.jsonl")
        try folder.write(RecordingSample.headerLine + "\n", to: "b.jsonl")
        #expect(recordings { $0.recordings = 1 }.list().map(\.name) == ["a"])
        #expect(throws: RecordingFolder.Failure.self) { try recordings { $0.bytes = 5 }.read("a") }
        guard case .unreadable = recordings({ $0.headerBytes = 20 }).list().first?.content else {
            Issue.record("half a header was read")
            return
        }
    }

    @Test(arguments: ["", ".", "..", "../a", "a/b", ".a", "a b", "a\0", "ä"])
    func `a name is one word`(name: String) {
        #expect(!RecordingFolder.isName(name))
        #expect(throws: RecordingFolder.Failure.missing) { try recordings().read(name) }
    }
}
