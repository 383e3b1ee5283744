import Engine
import JSON
@testable import Recording
import Testing

@Suite struct RedactionTests {
    private let redaction = Redaction(key: [UInt8](repeating: 9, count: 32))
    private let token = "toWFxR0ae6PEW021o-_5uLF0XRUM3zdtS6P91nVCgIY"

    @Test func `a token gets the same pseudonym wherever it stands`() {
        let pseudonym = redaction.text(token)
        #expect(pseudonym != token)
        #expect(pseudonym.count == token.count)
        #expect(redaction.text("Bearer \(token)") == "Bearer \(pseudonym)")
        #expect(
            redaction.text("/ws/session/\(token)?x=\(token)")
                == "/ws/session/\(pseudonym)?x=\(pseudonym)")
        #expect(redaction.text(#"{"token":"\#(token)"}"#) == #"{"token":"\#(pseudonym)"}"#)
    }

    @Test func `a token is found at every place of a text, beside what only looks like one`() {
        let pseudonym = redaction.text(token)
        for before in 0...130 {
            for other in ["", "a", String(token.dropLast()), token + "a"] {
                let filling = "x" + String(repeating: "./", count: before).prefix(before) + "/"
                for text in [filling + other + "/", other + "/" + filling] {
                    let changed = text + pseudonym + "/" + other
                    #expect(redaction.text(text + token + "/" + other) == changed)
                    #expect(
                        redaction.text(Array((text + token).utf8)) == Array((text + pseudonym).utf8)
                    )
                }
            }
        }
    }

    @Test func `another recording gives another pseudonym`() {
        let other = Redaction(key: [UInt8](repeating: 8, count: 32))
        #expect(other.text(token) != redaction.text(token))
    }

    @Test(arguments: [
        "", "short", String(repeating: "a", count: 42), String(repeating: "a", count: 44),
    ])
    func `what has not a token's length stays`(text: String) {
        #expect(redaction.text(text) == text)
        #expect(redaction.text("ü \(text) ü") == "ü \(text) ü")
    }

    @Test func `the draw that made a token becomes the draw that makes its pseudonym`() {
        let draw = [UInt8](repeating: 77, count: 32)
        let text = Base64.text(draw).replacing("+", with: "-").replacing("/", with: "_").filter {
            $0 != "="
        }
        let redrawn = Base64.text(redaction.draw(draw)).replacing("+", with: "-")
            .replacing("/", with: "_").filter { $0 != "=" }
        #expect(redaction.text(text) == redrawn)
    }

    @Test func `an escape of JSON is no part of a token, and hides none`() {
        let pseudonym = redaction.text(token)
        for escape in [#"\n"#, #"\t"#, #"\u000a"#, #"\\\n"#] {
            #expect(redaction.text(escape + token) == escape + pseudonym)
            let shorter = escape + token.dropLast()
            #expect(redaction.text(shorter) == shorter)
        }
        #expect(redaction.text(#"\\"# + token) == #"\\"# + pseudonym)
        #expect(redaction.text(#"\x"# + token.dropFirst()) != #"\x"# + token.dropFirst())
    }

    @Test func `a key's fingerprint is no token`() {
        #expect(redaction.text("SHA256:" + token) == "SHA256:" + token)
        #expect(redaction.text("HA256:" + token) != "HA256:" + token)
    }

    @Test func `a token in a stored text is replaced, too`() {
        let row = redaction.row(["input": .text(#"{"command":"echo \#(token)"}"#)])
        #expect(row.text("input") == #"{"command":"echo \#(redaction.text(token))"}"#)
    }

    @Test func `a stored hash becomes the hash of the pseudonym`() {
        let row: StoreRow = [
            "token_hash": .blob(Digest.sha256(Array(token.utf8))),
            "last_mode": .blob(Array(token.utf8)),
        ]
        let redacted = redaction.row(row)
        #expect(redacted.blob("token_hash") == Digest.sha256(Array(redaction.text(token).utf8)))
        #expect(redacted.blob("last_mode") == Array(token.utf8), "not a hash")
    }

    @Test func `a stored text is replaced like the request that brought it`() {
        // A host key's fingerprint has the form of a token when it has neither a plus nor a slash.
        let text = #"{"host_key":"SHA256:\#(token)"}"#
        let redacted = redaction.row(["parameters": .text(text), "name": .text("mast")])
        #expect(redacted.text("parameters") == redaction.text(text))
        #expect(redacted.text("name") == "mast")
    }
}
