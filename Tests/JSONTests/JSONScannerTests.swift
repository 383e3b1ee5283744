import JSON
import Testing

@Suite struct JSONScannerTests {
    @Test(arguments: [
        #"{"type":"mode","mode":"stop"}"#, #"{"a":{"type":"x"},"type":"y"}"#,
        #"{"a":[{"type":"x"}],"b":"type","type":"z"}"#, #"{"type":"a","type":"b"}"#,
        #" { "type" : "spaced" } "#, #"{"x":"\"type\":\"no\"","type":"yes"}"#, #"{"type":7}"#,
        #"{"type":null}"#, #"{"type":["a"]}"#, #"{"a":1}"#, "{}", "[]", #"["type","a"]"#, "7",
        #""type""#, "", #"{"type":"a","x":{"y":"z"}}"#, #"{"typ":"a","type2":"b"}"#,
    ])
    func `it finds what the reader finds`(_ text: String) {
        let read = (try? JSONReader.read(Array(text.utf8)))?.objectValue?["type"]?.stringValue
        #expect(JSONScanner.string(at: "type", in: Array(text.utf8)) == read)
    }

    @Test func `a value with escapes and a broken text are nothing`() {
        for text in [#"{"type":"a\n"}"#, #"{"type":"a""#, #"{"type":"#, #"{"type":"a"}}"#] {
            #expect(JSONScanner.string(at: "type", in: Array(text.utf8)) == nil, "\(text)")
        }
    }
}
