import JSON
import Testing

@testable import Recording

@Suite struct NarratorTests {
    static let lines: [(line: String, words: String)] = [
        (#""stream":"ws/1","opened":1"#, "opened"),
        (#""stream":"ws/1","closed":1,"code":1001"#, "closed 1001"),
        (#""stream":"ws/1","socket":1,"text":"hello""#, "hello"),
        (#""stream":"ws/1","socket":1,"text":"{\"type\":\"chat\"}""#, #"{"type":"chat"}"#),
        (
            #""stream":"ws/1","socket":1,"text":"{\"type\":\"mode\",\"mode\":\"park\"}""#,
            "mode park"
        ),
        (
            #""stream":"ws/1","socket":1,"text":"{\"type\":\"target\",\"target\":{\"latitude\":1.5,\"longitude\":-2}}""#,
            "target 1.5,-2"
        ),
        (#""stream":"ws/1","socket":1,"binary_base64":"AAE=""#, "binary frame, base64 AAE="),
        (
            #""stream":"http/4","request":4,"method":"POST","path":"/x","query":"a=1","body":"{}","body_too_large":9"#,
            "POST /x?a=1 (body too large) {}"
        ),
        (#""stream":"http/9","abandoned":9"#, "request 9 abandoned by the client"),
        (
            #""stream":"http/9","bridge_failed":9,"reason":"Connection refused""#,
            "request 9 cannot be bridged: Connection refused"
        ),
        (
            #""stream":"ws/9","bridged":9,"from_client":12,"to_client":3400"#,
            "bridged: 12 bytes from the client, 3400 to it"
        ),
        (#""stream":"rotctld/m","driver":1,"connection":1,"connected":true"#, "connected"),
        (#""stream":"rotctld/m","driver":1,"connection":1,"closed":"refused""#, "closed: refused"),
        (#""stream":"gpsd","received":"{\"class\":\"TPV\",\"mode\":1}\n""#, "TPV no fix"),
        (
            #""stream":"gpsd","received":"{\"class\":\"TPV\",\"mode\":9223372036854775807}\n""#,
            "TPV mode 9223372036854775807"
        ),
        (
            #""stream":"gpsd","received":"{\"class\":\"SKY\",\"uSat\":7,\"nSat\":12}\n""#,
            "SKY 7 of 12 satellites used"
        ),
        (
            #""stream":"gpsd","received":"{\"class\":\"SKY\",\"satellites\":[{\"used\":true},{\"used\":false}]}\n""#,
            "SKY 1 of 2 satellites used"
        ),
        (
            #""stream":"gpsd","received":"{\"class\":\"VERSION\",\"release\":\"3.25\"}\n{\"class\":\"DEVICES\",\"devices\":[]}\n{\"cla""#,
            #"VERSION 3.25 | DEVICES none | {"cla"#
        ),
        (#""stream":"store","problem":"""#, "writes again"),
        (#""stream":"store","problem":"disk full""#, "cannot write: disk full"),
    ]

    @Test(arguments: lines)
    func `an input is told in a few words`(line: String, words: String) throws {
        let entries = try HandMadeRecording.entries([
            (at: 1, lines: [#"{"in":1,"event":1,"at":AT,\#(line)}"#])
        ])
        #expect(entries.first?.summary == words)
    }

    static let outputs: [(line: String, words: String)] = [
        (#""stream":"http/1","upgrade":1,"headers":[]"#, "request 1 → 101"),
        (
            #""stream":"http/1","bridge":1,"host":"127.0.0.1","port":5901"#,
            "request 1 → bridge to 127.0.0.1 port 5901"
        ),
        (
            #""stream":"http/1","bridge":1,"host":"::1","port":5901,"capture":"7.jsonl""#,
            "request 1 → bridge to ::1 port 5901, captured in 7.jsonl"
        ),
        (
            #""stream":"http/1","respond":1,"status":200,"headers":[],"body_bytes":12,"body_sha256":"x""#,
            "request 1 → 200 12 bytes"
        ),
        (
            #""stream":"http/1","respond":1,"status":200,"headers":[],"body_omitted":"x""#,
            "request 1 → 200 a picture"
        ),
        (
            #""stream":"ws/1","close":1,"code":1000,"reason":"session ended""#,
            "close 1000 session ended"
        ),
        (
            #""stream":"gpsd","driver":1,"connection":2,"connect":"pi","port":2947,"timeout_ns":5"#,
            "connect to pi:2947"
        ),
        (#""stream":"gpsd","driver":1,"connection":2,"close":true"#, "close"),
        (#""stream":"store/rotors","delete":{"id":3}"#, "delete id=3"),
    ]

    @Test(arguments: outputs)
    func `an output is told in a few words`(line: String, words: String) throws {
        let entries = try HandMadeRecording.entries([
            (at: 1, lines: [#"{"out":1,"event":1,"at":AT,\#(line)}"#])
        ])
        #expect(entries.first?.summary == words)
    }

    @Test func `what is long is cut, and says so`() throws {
        let text = String(repeating: "ä", count: 5000)
        let entries = try HandMadeRecording.entries([HandMadeRecording.frame(text)])
        #expect(entries.first?.summary == String(repeating: "ä", count: 200) + "…")
    }

    @Test func `a request that was answered is forgotten`() {
        var narrator = Narrator(summaryCharacters: 100)
        _ = narrator.http(["request": .integer(1), "method": .string("GET"), "path": .string("/")])
        #expect(narrator.openRequests == [1: "GET /"])
        #expect(
            narrator.http(["respond": .integer(1), "status": .integer(404)]) == "GET / → 404")
        #expect(narrator.openRequests.isEmpty)
    }
}
