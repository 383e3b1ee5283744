import Engine
import TestSupport
import Testing
import Transport

@testable import API

/// The web app's files as browsers get them.
@Suite struct WebFileContentTests {
    private let content = WebFileContent()

    @Test func `every file stands in the program, and each is of a known kind`() throws {
        #expect(WebFile.names.count > 50)
        #expect(Set(WebFile.names).count == WebFile.names.count)
        for name in WebFile.names {
            let file = try #require(WebFile(name))
            #expect(!file.bytes.isEmpty && !file.contentType.isEmpty, "\(name)")
        }
    }

    /// A field's network is slow: everything together, with the libraries and the outlines.
    @Test func `all of it is less than 500 kB as it travels`() throws {
        let bytes = try WebFile.names.map { name in
            try content.answer(name, packs: true, known: nil).body.count
        }
        #expect(bytes.reduce(0, +) < 500_000)
    }

    @Test func `who cannot unpack it gets it as it is`() throws {
        let plain = try content.answer("shell/live.js", packs: false, known: nil)
        #expect(plain.headers["Content-Encoding"] == nil)
        #expect(plain.body == WebFile("shell/live.js")?.bytes)
        let packed = try content.answer("shell/live.js", packs: true, known: nil)
        #expect(packed.headers["Content-Encoding"] == "gzip")
        #expect(packed.body.count < plain.body.count / 2)
        #expect(packed.headers["Vary"] == "Accept-Encoding")
    }

    @Test func `who has it already is told so, with the policy`() throws {
        let tag = try #require(
            content.answer("shell/live.js", packs: true, known: nil).headers["ETag"])
        let again = try content.answer("shell/live.js", packs: true, known: "\"other\", \(tag)")
        #expect(again.status == 304 && again.body.isEmpty)
        #expect(again.headers["Content-Security-Policy"] != nil)
        #expect(try content.answer("shell/live.js", packs: true, known: "\"other\"").status == 200)
    }

    @Test(arguments: [
        ("gzip", true), ("br, gzip;q=0.5", true), ("GZIP", true), ("gzip;q=0", false),
        ("br", false),
        ("", false), ("xgzip", false), ("gzip; q=0.0", false),
    ])
    func `what a client unpacks is read from what it accepts`(accepts: String, takes: Bool) {
        let headers = HTTPHeaders([("Accept-Encoding", accepts)])
        let request = HTTPRequest(id: 1, method: "GET", path: "/", headers: headers)
        #expect(request.takesGzip == takes)
    }
}
