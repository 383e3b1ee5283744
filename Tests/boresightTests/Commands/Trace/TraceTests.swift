import JSON
import TestSupport
import Testing

@testable import boresight

@Suite struct TraceTests {
    /// A header as `serve --record` writes it, and two turns.
    static let header = """
        {"boresight":"recording","version":1,"program":"0.1.0","started":"2026-11-21T06:00:00.000000Z","utc_ns":1795240800000000000,"seed":"0000000000000007","pace":"live","from_start":true,"configuration":{},"configuration_sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}

        """
    static let first = """
        {"in":1,"event":1,"at":1000000000,"stream":"ws/1","socket":1,"text":"hello"}
        {"out":1,"event":1,"at":1000000000,"stream":"ws/2","to":[2],"frame":"hello"}
        {"turn":1,"at":1000000000,"events":1,"trace":"0000000000000001"}

        """
    static let second = """
        {"timer":"RotorController","event":2,"at":2000000000}
        {"turn":2,"at":2000000000,"events":2,"trace":"0000000000000002"}

        """

    private func run(
        _ words: [String], _ files: [String: String]
    ) -> (code: ExitCode, output: String, error: String) {
        let output = RecordedOutput()
        let code = Program.run(["trace"] + words, output.context(files: files))
        return (code, output.output, output.error)
    }

    @Test func `a recording is shown line by line`() {
        let result = run(["a.jsonl"], ["a.jsonl": Self.header + Self.first + Self.second])
        let wanted = """
            recording of boresight 0.1.0, live, started 2026-11-21T06:00:00.000000Z
            2026-11-21 UTC
                 1.000000 06:00:01.000 #1      → ws/1                   hello
                 1.000000 06:00:01.000 #1      ← ws/2                   hello
                 2.000000 06:00:02.000 #2      ◦ RotorController        rings

            """
        #expect(result == (.success, wanted, ""))
    }

    static let filters: [([String], Int)] = [
        ([], 3), (["--stream", "ws/*"], 2), (["--stream", "ws/1", "--stream", "Rotor*"], 2),
        (["--kind", "timer", "--kind", "in"], 2), (["--from", "1.5s"], 1),
        (["--until", "06:00:02"], 2), (["--event", "1"], 2), (["--event", "2-9"], 1),
        (["--event", "9"], 0),
    ]

    @Test(arguments: filters)
    func `filters choose, also for programs`(words: [String], count: Int) throws {
        let files = ["a": Self.header + Self.first + Self.second]
        let result = run(["a", "--output", "json"] + words, files)
        #expect(result.code == .success)
        let entries = try JSONReader.read(Array(result.output.utf8)).arrayValue
        #expect(entries?.count == count)
        let table = run(["a"] + words, files).output.split(separator: "\n")
        #expect(table.count == (count == 0 ? 1 : count + 2), "with heading and date")
    }

    @Test func `a cut recording shows what is whole, and says what is not`() {
        let cut = Self.header + Self.first + Self.second.dropLast(4)
        let result = run(["a"], ["a": cut])
        #expect(result.code == .success)
        #expect(!result.output.contains("RotorController"))
        #expect(
            result.error
                == "boresight: a was cut: its last 2 lines belong to no whole turn\n")
    }

    static let broken: [(String, String)] = [
        ("", "boresight: a:1: the file is empty\n"),
        ("{}\n", "boresight: a:1: this is not a recording of boresight\n"),
        (header + first + "nonsense\n", "boresight: a:5: not a line of JSON"),
        (header + first + first, "boresight: a:5: out of order"),
    ]

    @Test(arguments: broken)
    func `what is wrong is named with file and line`(text: String, message: String) {
        let result = run(["a"], ["a": text])
        #expect(result.code == .failure)
        #expect(result.error.hasPrefix(message), "\(result.error)")
    }

    @Test func `a file that is not there is named`() {
        let result = run(["a"], [:])
        #expect(result.code == .failure)
        #expect(result.error == "boresight: cannot read a: No such file or directory\n")
    }

    @Test func `parts are read as one, and an error names its part and the line in it`()
        async throws
    {
        let folder = try TemporaryFolder()
        let later = Self.header.replacing(#""from_start":true"#, with: #""from_start":false"#)
        try folder.write(Self.header + Self.first, to: "r")
        try folder.write(later + Self.second, to: "r.1")
        let path = folder.path + "/r"
        let good = try await BuiltProgram.run(["trace", path])
        #expect(good.exit == .code(0))
        #expect(good.output.split(separator: "\n").count == 5)

        try folder.write(later + Self.second + "nonsense\n", to: "r.1")
        let bad = try await BuiltProgram.run(["trace", path]) { $0.error.hasSuffix("\n") }
        #expect(bad.exit == .code(1))
        #expect(bad.error.hasPrefix("boresight: \(path).1:4: not a line of JSON"), "\(bad.error)")
    }

    @Test func `pictures are written to files, and their sizes said`() throws {
        let folder = try TemporaryFolder()
        let (page, trace) = (folder.path + "/out.html", folder.path + "/out.json")
        let result = run(
            ["dir/a.jsonl", "--html", page, "--perfetto", trace],
            ["dir/a.jsonl": Self.header + Self.first + Self.second])
        #expect(result.code == .success, "\(result.error)")
        #expect(result.output.contains("\(page): 3 entries, "))
        #expect(try folder.text(of: "out.html").contains(#""name":"a.jsonl""#))
        let json = try JSONReader.read(Array(folder.text(of: "out.json").utf8))
        #expect(json.objectValue?["traceEvents"]?.arrayValue?.isEmpty == false)
    }

    @Test func `a picture that cannot be written is an error`() {
        let result = run(
            ["a", "--html", "/nonexistent/out.html"], ["a": Self.header + Self.first])
        #expect(result.code == .failure)
        #expect(result.error.contains("/nonexistent/out.html: No such file or directory"))
    }
}
