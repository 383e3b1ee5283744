import JSON
import Testing

@testable import Recording

@Suite struct EmbeddedTextTests {
    @Test(arguments: [
        ("</script>", #""\u003c/script\u003e""#), ("<!--&amp;", #""\u003c!--\u0026amp;""#),
        ("a\u{2028}b\u{2029}c", #""a\u2028b\u2029c""#),
        ("ä\u{2027}\u{202A}", "\"ä\u{2027}\u{202A}\""),
    ])
    func `nothing in the data can end it`(text: String, embedded: String) throws {
        let bytes = EmbeddedText.json(JSONValue.string(text).bytes())
        #expect(String(decoding: bytes, as: UTF8.self) == embedded)
        #expect(try JSONReader.read(bytes) == .string(text))
    }

    /// The hash of `alert(1)` that browsers' own documentation and tests use.
    @Test func `the policy's hash is that of the text`() {
        #expect(
            EmbeddedText.policyHash(Array("alert(1)".utf8))
                == "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='")
    }
}
