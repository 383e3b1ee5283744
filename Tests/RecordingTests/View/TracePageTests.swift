import JSON
import TestSupport
import Testing

@testable import Recording

@Suite(.quiet) struct TracePageTests {
    private func page(
        _ turns: [(at: Int64, lines: [String])], limits: ViewLimits = ViewLimits()
    ) throws -> String {
        let scene = try HandMadeRecording.scene(turns, limits: limits)
        return String(decoding: TracePage.html(scene, name: "a.jsonl"), as: UTF8.self)
    }

    /// What the page's script will read.
    private func data(_ page: String) throws -> JSONObject {
        let begin = try #require(page.firstRange(of: #"id="data">"#))
        let end = try #require(page[begin.upperBound...].firstRange(of: "</script>"))
        let text = page[begin.upperBound..<end.lowerBound]
        return try #require(try JSONReader.read(Array(text.utf8)).objectValue)
    }

    @Test func `the page without data is small and asks for nothing`() throws {
        #expect(TracePage.frameBytes < 60_000)
        let page = try page([])
        let fetches = [
            "src=", "href=", "url(", "@import", "fetch(", "XMLHttp", "http://", "https://",
        ]
        let found = fetches.filter { word in
            page.replacing("http://www.w3.org/2000/svg", with: "").contains(word)
        }
        #expect(found.isEmpty)
        let sinks = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("]
        #expect(sinks.filter(page.contains).isEmpty)
    }

    @Test(arguments: [
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{script}}",
        "<!--<script>", "\u{2028}alert(1)", "]]>", "</SCRIPT\t>",
    ])
    func `what a client sends never becomes markup`(text: String) throws {
        let page = try page([HandMadeRecording.frame(text)])
        let empty = try self.page([])
        for tag in ["<script", "</script", "<SCRIPT", "</SCRIPT", "<img", "<!--", "\u{2028}"] {
            let count = page.ranges(of: tag).count
            #expect(count == empty.ranges(of: tag).count, "\(tag)")
        }
        let entry = try #require(try data(page)["entries"]?.arrayValue?.first?.arrayValue)
        let content = try #require(entry[9].stringValue)
        let sent = try JSONReader.read(Array(content.utf8)).objectValue?["text"]
        #expect(sent == .string(text), "it is shown as it was sent")
    }

    @Test func `the data tell entries with lanes and causes`() throws {
        let data = try data(page(HandMadeRecording.small))
        #expect(data["entries"]?.arrayValue?.count == 16)
        let rows = (data["entries"]?.arrayValue ?? []).compactMap(\.arrayValue)
        #expect(rows[3][6] == .integer(2), "of the same event")
        #expect(rows[7][6] == .integer(-2 - 5), "only after it")
        #expect(rows[0][6] == .integer(-1))
        #expect(data["clock"]?.arrayValue?.count == 2)
        #expect(data["tracks"]?.arrayValue?.count == 7)
        #expect(data["left_out"] == .integer(0))
    }

    @Test func `the page says what was left out and what a cut took`() throws {
        var limits = ViewLimits()
        limits.entries = 3
        let data = try data(page(HandMadeRecording.small, limits: limits))
        #expect(data["entries"]?.arrayValue?.count == 3)
        #expect(data["left_out"] == .integer(13))
        #expect(data["left_out_from"] == .integer(1_500_000_000))

        let cut = Array(HandMadeRecording.bytes(HandMadeRecording.small).dropLast(3))
        let scene = try Scene(RecordingReader(cut))
        #expect(TracePage.content(scene, "a")["dropped_lines"] == .integer(7))
    }

    @Test func `long contents are cut`() throws {
        var limits = ViewLimits()
        limits.detailCharacters = 50
        let data = try data(
            page([HandMadeRecording.frame(String(repeating: "x", count: 9000))], limits: limits))
        let entry = try #require(data["entries"]?.arrayValue?.first?.arrayValue)
        #expect(entry[9].stringValue?.count == 51)
    }
}
