import Drivers
import Engine
import JSON
@testable import Recording
import Testing
import Transport

@Suite struct PasswordRedactionTests {
    private let redaction = Redaction(key: [UInt8](repeating: 9, count: 32))

    private func body(_ text: String) -> String {
        String(decoding: redaction.body(Array(text.utf8)), as: UTF8.self)
    }

    @Test func `a password becomes a pseudonym of its length, the same for the same`() throws {
        let text = body(
            #"{"username":"eva","password":"pässword 1","other":{"new_PassWord":"pässword 1"}}"#)
        let object = try #require(try JSONReader.read(Array(text.utf8)).objectValue)
        let password = try #require(object["password"]?.stringValue)
        #expect(object["username"] == .string("eva"))
        #expect(password.unicodeScalars.count == 10)
        #expect(password != "pässword 1")
        #expect(object["other"]?.objectValue?["new_PassWord"] == .string(password))
        #expect(!body(#"{"password":"pässword 2"}"#).contains(password))
        let other = Redaction(key: [UInt8](repeating: 8, count: 32))
        #expect(other.password("pässword 1") != password)
    }

    @Test(arguments: [
        #"{"password":"hunter22"}"#, #"{"pass\u0077ord":"hunter22"}"#,
        #"{"input":{"password":"hunter22","confirm_password":"hunter22"}}"#,
        #"[{"a":[{"PASSWORD2":["hunter22"]}]}]"#, #"{"password":{"value":"hunter22"}}"#,
        #"{"password":"hunter22""#, #"{"password" : "hunter22"#, #"{"password":hunter22}"#,
        #"{'password':'hunter22'}"#, #"{"pass\u0077ord":"hunter22","#, "password=hunter22",
        "username=a&password=hunter22&b=c", #"{"a":"\"","password":"\"hunter22"#,
        #"{"password":"x","password":"hunter22"#, "password hunter22",
        #"{"password":"hunter22\"hunter22"} x"#,
    ])
    func `no spelling shows it`(text: String) {
        #expect(!body(text).contains("hunter"))
        #expect(!redaction.query(text).contains("hunter"))
    }

    @Test(arguments: [
        (#"{"password":"hunter22","port":1"#, #"{"password":"********","port":1"#),
        ("a=b&password=hunter22&c=d", "a=b&password=********&c=d"),
        (#"{"password":"a\"b","x":tru}"#, #"{"password":"****","x":tru}"#),
    ])
    func `what is refused keeps the place of its mistake`(text: String, masked: String) {
        #expect(body(text) == masked)
    }

    @Test func `what is not UTF-8 stays so`() {
        let bytes = Array(#"{"password":"caf"#.utf8) + [0xE9] + Array(#""}"#.utf8)
        #expect(
            redaction.body(bytes) == Array(#"{"password":"***"#.utf8) + [0xFF] + Array(#""}"#.utf8))
    }

    @Test(arguments: ["", "{}", #"{"name":"ä"}"#, #"{"type":"target"}"#, "not JSON", "passwor"])
    func `anything else stays as it is`(text: String) {
        #expect(body(text) == text)
        #expect(redaction.query(text) == text)
    }

    @Test func `an escape that hides no password stays`() {
        #expect(body(#"{"name":"\u00e4"}"#) == #"{"name":"\u00e4"}"#)
    }

    @Test func `a number under a password's name is none any more`() {
        #expect(body(#"{"password":12345678}"#) == #"{"password":0}"#)
        #expect(body(#"{"password":null}"#) == #"{"password":null}"#)
    }

    @Test func `the header that carries a name and a password is cut`() {
        #expect(redaction.header("Authorization", "Basic ZXZhOmh1bnRlcg==") == "Basic ********")
        #expect(redaction.header("authorization", "basic x") == "basic ********")
        #expect(redaction.header("Authorization", "Bearer x") == "Bearer x")
        #expect(redaction.header("X", "Basic English") == "Basic English")
    }

    @Test func `a key in the body itself is replaced, as a token where it is one`() {
        let token = String(repeating: "t", count: 43)
        #expect(!body(#"{"key":"let us play"}"#).contains("play"))
        #expect(body(#"{"key":"\#(token)"}"#) == #"{"key":"\#(redaction.text(token))"}"#)
        #expect(!body(#"{"name":"bot","secret":"hunter22"}"#).contains("hunter"))
    }

    @Test func `a connection's secrets are replaced alike in the request and in the row`() throws {
        let key = "-----BEGIN\n\(String(repeating: "A", count: 42))\nhunter22\n-----END\n"
        let secrets: JSONObject = ["key": .string(key), "passphrase": .string("hunter 22")]
        let request: JSONObject = [
            "driver": .string("ssh"), "door": ["key": .string("stays")],
            "parameters": .object(
                ["host": .string("h"), "host_key": .string("SHA256:x"), "password": .null]),
        ]
        var full = request
        full["parameters"] = .object(
            JSONObject((request["parameters"]?.objectValue?.members ?? []) + secrets.members))
        let text = body(JSONValue.object(full).text)
        #expect(!text.contains("hunter"))
        let parameters = try #require(
            try JSONReader.read(Array(text.utf8)).objectValue?["parameters"]?.objectValue)
        #expect(parameters["host_key"] == .string("SHA256:x"))
        #expect(text.contains(#""key":"stays""#))
        let row: StoreRow = ["id": .text("c"), "secrets": .text(JSONValue.object(secrets).text)]
        let stored = try #require(redaction.row(row).text("secrets"))
        let read = try #require(try JSONReader.read(Array(stored.utf8)).objectValue)
        #expect(read["key"] == parameters["key"])
        #expect(read["passphrase"] == parameters["passphrase"])
        #expect(redaction.row(["secrets": .text("hunter22")]).text("secrets") == "{}")
        #expect(!body(#"{"parameters":{"key":"hunter22"}"#).contains("hunter"), "cut short")
    }

    @Test func `what a replay must refuse or keep stays what it is`() {
        for text in ["", "********", "   ", "a\nb"] {
            let new = redaction.password(text)
            #expect(new.unicodeScalars.count == text.unicodeScalars.count)
            #expect(new.contains("\n") == text.contains("\n"))
        }
        #expect(redaction.password("********") == "********")
        #expect(redaction.password("   ") == "   ")
    }

    @Test func `neither orders nor reports nor rows show a password or its hash`() {
        let encoder = LineEncoder(redaction: redaction)
        let hash = PasswordHash(stored: "$argon2id$hunter22")
        let row: StoreRow = ["id": .text("u"), "password_hash": .text(hash.stored)]
        let lines = [
            encoder.input(1, event: 1, at: .start, PasswordReport(job: 1, result: .hashed(hash))),
            encoder.output(1, event: 1, at: .start, StoreWrite.put(table: "users", row: row)),
            encoder.row("users", row),
            encoder.input(
                2, event: 2, at: .start,
                TransportInput.request(
                    HTTPRequest(
                        id: 1, method: "POST", path: "/", query: "password=hunter22",
                        headers: HTTPHeaders([("Authorization", "Basic hunter22")]),
                        body: Array(#"{"password":"hunter22"}"#.utf8)))),
        ].map { String(decoding: $0, as: UTF8.self) }
        for line in lines { #expect(!line.contains("hunter"), "\(line)") }
        #expect(lines[0].contains(#""hashed":"redacted""#))
        #expect(lines[1].contains(#""password_hash":"redacted""#))
        #expect(lines[2].contains(#""password_hash":"redacted""#))
        let none: StoreRow = ["password_hash": .null]
        #expect(redaction.row(none)["password_hash"] == .null)
    }
}
