import JSON
import Testing

@Suite struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(
        "a byte is escaped wherever it stands in a text of any length",
        arguments: [
            ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\u{1}", #"\u0001"#),
            ("\u{1F}", #"\u001f"#), ("\u{8}", #"\b"#), (" ", " "), ("!", "!"), ("é", "é"),
            ("\u{7F}", "\u{7F}"), ("[", "["), ("#", "#"),
        ])
    func escape(text: String, escaped: String) {
        for length in 0...40 {
            for place in 0...length {
                let before = String(repeating: "a", count: place)
                let after = String(repeating: "z", count: length - place)
                #expect(
                    written { $0.value(before + text + after) }
                        == "\"" + before + escaped + after + "\"")
                #expect(
                    written { $0.value(utf8: Array((before + text + after).utf8)) }
                        == "\"" + before + escaped + after + "\"")
            }
        }
    }

    @Test("marks and control characters in one text are all escaped")
    func mixed() {
        #expect(written { $0.value("\"\\\u{2}\"\t") } == #""\"\\\u0002\"\t""#)
    }

    @Test("numbers of every length are written digit by digit")
    func numbers() {
        var power: Int64 = 1
        for _ in 0..<19 {
            for number in [power - 1, power, power + 1, -power] {
                #expect(written { $0.value(number) } == String(number))
            }
            power = power.multipliedReportingOverflow(by: 10).partialValue
        }
        #expect(written { $0.value(Int64.max) } == String(Int64.max))
        #expect(written { $0.value(Int64.min) } == String(Int64.min))
    }

    @Test("members have commas between them and keys before them")
    func members() {
        let text = written { writer in
            writer.beginObject()
            writer.member("number", -7)
            writer.member("text", "a\"b")
            writer.member("stream", "ws/\"", UInt64.max)
            writer.member("trace", hex: 0x00FF_1234_ABCD_0009)
            writer.key("list")
            writer.beginArray()
            writer.value(true)
            writer.null()
            writer.value(0.5)
            writer.value(2.0)
            writer.value(Double.infinity)
            writer.beginObject()
            writer.endObject()
            writer.beginArray()
            writer.endArray()
            writer.endArray()
            writer.endObject()
        }
        #expect(
            text == #"{"number":-7,"text":"a\"b","stream":"ws/\"/18446744073709551615","#
                + #""trace":"00ff1234abcd0009","list":[true,null,0.5,2,null,{},[]]}"#)
    }

    @Test("lines follow one another, and room is kept when they are forgotten")
    func lines() {
        var writer = JSONWriter()
        for _ in 0..<2 {
            writer.removeAll()
            for number: Int64 in 1...1000 {
                writer.beginArray()
                writer.value(number)
                writer.endArray()
                writer.endLine()
            }
            let lines = String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n")
            #expect(lines == (1...1000).map { "[\($0)]" })
            #expect(writer.withBytes { $0.count } == writer.count)
        }
    }
}
