import Foundation
import Glibc
import JSON
import TestSupport
import Testing
import Transport

/// Maps that the real daemon serves out of files that other programs wrote.
@Suite(.enabled(if: PythonTools.areInstalled, "\(PythonTools.howToInstall)"))
struct MapContractTests {
    private let folder: TemporaryFolder
    private let daemon: DaemonProcess

    init() async throws {
        folder = try TemporaryFolder()
        daemon = try await DaemonProcess(["--gpsd", "none", "--tiles", folder.path])
    }

    private func get(
        _ path: String, _ method: String = "GET", headers: [(String, String)] = []
    ) throws -> HTTPResponse {
        try daemon.call(method, "/v1/tiles" + path, headers: headers)
    }

    @Test func `files that are put there are listed at once, damaged ones with the reason`()
        async throws
    {
        #expect(try get("").text == #"{"maps":[],"problems":[]}"#)
        _ = try await MapFiles.make(in: folder)
        let listing = try get("").object
        let maps = (listing["maps"]?.arrayValue ?? []).compactMap(\.objectValue)
        #expect(
            maps.map { $0["name"]?.stringValue } == ["delft vectors", "pictures", "pixels"])
        try #require(maps.count == 3)
        #expect(
            JSONValue.object(maps[0]).text
                == #"{"name":"delft vectors","title":"Delft","format":"mvt","minZoom":2,"#
                + #""maxZoom":8,"bounds":[4.1,51.9,4.5,52.1],"center":[4.3571,52.0116,6],"#
                + #""attribution":"© OpenStreetMap"}"#)
        #expect(maps[1]["tileSize"] == .integer(512) && maps[2]["tileSize"] == .integer(256))
        #expect(maps[2]["title"] == .string("Pixels") && maps[2]["maxZoom"] == .integer(3))
        let problems = (listing["problems"]?.arrayValue ?? []).compactMap(\.objectValue)
        #expect(problems.map { $0["file"]?.stringValue } == ["cut.pmtiles"])
        #expect(problems.first?["detail"]?.stringValue?.contains("cut") == true)
    }

    @Test func `every tile is as it was written`() async throws {
        let tiles = try await MapFiles.make(in: folder)
        #expect(tiles.count > 400)
        for tile in tiles {
            let answer = try get("/" + tile.path)
            #expect(answer.status == 200 && answer.body == tile.bytes, "\(tile.path)")
            let isVector = tile.path.hasPrefix("delft")
            #expect(
                answer.headers["Content-Type"]
                    == (isVector ? "application/vnd.mapbox-vector-tile" : "image/png"))
            #expect(answer.headers["Content-Encoding"] == (isVector ? "gzip" : nil))
        }
    }

    @Test func `a tile is kept by who has it, until another file is there`() async throws {
        _ = try await MapFiles.make(in: folder)
        let first = try get("/pixels/0/0/0")
        #expect(first.headers["Cache-Control"] == "public, max-age=3600")
        let tag = try #require(first.headers["ETag"])
        let again = try get("/pixels/0/0/0", headers: [("If-None-Match", tag)])
        #expect(again.status == 304 && again.body.isEmpty && again.headers["ETag"] == tag)
        let head = try get("/pixels/0/0/0", "HEAD")
        #expect(head.status == 200 && head.body.isEmpty)
        #expect(head.headers["Content-Length"] == String(first.body.count))
        let files = FileManager.default
        try files.removeItem(atPath: folder.path + "/pixels.mbtiles")
        try files.moveItem(
            atPath: folder.path + "/pictures.pmtiles", toPath: folder.path + "/pixels.pmtiles")
        let other = try get("/pixels/0/0/0", headers: [("If-None-Match", tag)])
        #expect(other.status == 200 && other.body != first.body)
        #expect(try get("/pictures/0/0/0").status == 404)
    }

    @Test(arguments: [
        "/none/0/0/0", "/pixels/4/0/0", "/pixels/1/2/0", "/pixels/-1/0/0", "/pixels/a/0/0",
        "/pixels/99/0/0", "/..%2fpixels/0/0/0", "/%2e%2e/0/0/0", "/cut/0/0/0",
        "/pixels/9223372036854775807/0/0",
    ])
    func `what there is not is a problem in our own words`(path: String) async throws {
        _ = try await MapFiles.make(in: folder)
        let answer = try get(path)
        #expect(answer.status == (path.hasPrefix("/cut") ? 500 : 404))
        #expect(answer.headers["Content-Type"] == "application/problem+json")
        #expect(answer.headers["X-Request-Id"] != nil)
        #expect(answer.object["detail"]?.stringValue?.isEmpty == false)
    }

    @Test func `tiles are not in a recording, and a replay does without them`() async throws {
        let tiles = try await MapFiles.make(in: folder)
        let file = folder.path + "/seen.jsonl"
        let recorded = try await DaemonProcess([
            "--gpsd", "none", "--tiles", folder.path, "--record", file,
        ])
        for tile in tiles.prefix(50) {
            #expect(try recorded.call("GET", "/v1/tiles/" + tile.path).status == 200)
        }
        recorded.process.signal(SIGTERM)
        _ = await recorded.process.waitForExit()
        let text = try folder.text(of: "seen.jsonl")
        #expect(text.contains(#""wanted":["tile","#) && !text.contains("body_sha256"))
        let replay = try ChildProcess(
            try BuiltProgram.path("boresight"), ["verify", file])
        #expect(await replay.waitForExit(within: .seconds(60)) == .code(0))
    }
}
