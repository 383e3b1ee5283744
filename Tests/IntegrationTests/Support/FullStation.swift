import Foundation
import JSON
import TestSupport
import Testing
import Transport

/// A station with something of everything.
final class FullStation {
    let daemon: DaemonProcess
    let session: String

    /// A page, and what holds once it is there.
    struct Page {
        let name: String
        let path: String
        let isReady: String
        /// What is pressed at once; for a page inside a page.
        var opening = ""
        /// What somebody would choose first, for a picture.
        var preparation = ""
    }

    init() async throws {
        daemon = try await DaemonProcess([
            "--gpsd", "none", "--station", "52.0,4.36,46", "--game-night-rooms", "simulated",
        ])
        let chimney =
            #"{"min_azimuth":205,"max_azimuth":230,"min_elevation":0,"max_elevation":35}"#
        try daemon.addRotor(
            #""name":"mast","driver":"simulated","max_azimuth":450,"keep_out":[\#(chimney)]"#)
        session = try daemon.makeSession()
        let paired = try daemon.call(
            "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#, token: daemon.token)
        try #require(paired.status == 200)
        try make("/api/v1/controller/device/", #"{"name":"boat","driver":"simulated""#)
        try make(
            "/api/v1/controller/location/",
            #"{"name":"van","is_mobile":true,"geometry":{"type":"Point","coordinates":[4.4,52.1]}"#)
        try post("/game-night/api/sessions", #"{"notes":"Friday game night"}"#)
        try post("/game-night/api/sessions/1/games", #"{"game_id":29,"room_code":"ABCD"}"#)
        try post("/v1/recordings", #"{"name":"evening"}"#)
        try FileManager.default.copyItem(
            atPath: Fixtures.path("recordings/live-pass.jsonl"),
            toPath: daemon.folder.path + "/recordings/pass.jsonl")
    }

    var pages: [Page] {
        let isConnected = "document.getElementById('connection').dataset.state === 'open'"
        return [
            Page(
                name: "console", path: "/",
                isReady: isConnected + " && document.getElementById('rotor-1')",
                preparation: "setTimeout(() => document.getElementById('fit-map').click(), 2500)"),
            Page(
                name: "setup", path: "/",
                isReady: isConnected + " && !document.getElementById('change-rotor').disabled",
                opening: "document.getElementById('change-rotor').click();"),
            Page(name: "phone", path: "/pair/\(session)", isReady: isConnected),
            Page(
                name: "fleet", path: "/fleet", isReady: isConnected,
                preparation: "setTimeout(() => document.querySelector("
                    + "'#locations-list button')?.click(), 1000)"),
            Page(name: "host", path: "/game-night/", isReady: "document.getElementById('status')"),
            Page(
                name: "stage", path: "/game-night/stage",
                isReady: "document.getElementById('title').textContent.includes('Quiplash')"),
            Page(
                name: "workspaces", path: "/workspaces/",
                isReady: "document.getElementById('status')"),
            Page(
                name: "replay", path: "/replay#t=9.5&recording=pass",
                isReady: "document.getElementById('past-name').textContent.includes('pass')"),
        ]
    }

    /// Lets the rotor follow a phone, until the socket is closed.
    func follow() throws -> WebSocketClient {
        let phone = try daemon.socket(session)
        try phone.send(#"{"type":"mode","mode":"track"}"#)
        return phone
    }

    /// Makes boats, for a map with something on it; their paths.
    func launchBoats() throws -> [String] {
        try (1...5).map { number in
            let answer = try daemon.call(
                "POST", "/api/v1/controller/location/",
                json: #"{"name":"boat \#(number)","is_mobile":true,"type":"outdoor","#
                    + #""organization":"\#(daemon.organization)"}"#, token: daemon.token)
            try #require(answer.status == 201, "\(answer.text)")
            let id = try #require(answer.object["id"]?.stringValue)
            return "/api/v1/controller/location/\(id)/"
        }
    }

    /// Moves the phone and the boats on, one step each.
    func move(_ step: Int, _ phone: WebSocketClient, _ boats: [String]) throws {
        let walked = Double(step) / 4000
        try phone.send(
            #"{"type":"location","geometry":{"type":"Point","#
                + #""coordinates":[\#(4.372 + walked),\#(52.009 - walked / 2),160]},"accuracy":6}"#)
        for (number, boat) in boats.enumerated() {
            let way = Double(step * (number + 2)) / 2000
            let place = "[\(4.1 + 0.12 * Double(number) + way),\(52.08 - 0.05 * Double(number))]"
            let moved = try daemon.call(
                "PATCH", boat,
                json: #"{"geometry":{"type":"Point","coordinates":\#(place)},"accuracy":12}"#,
                token: daemon.token)
            try #require(moved.status == 200, "\(moved.text)")
        }
    }

    /// Of an organisation's things; the object is closed here.
    private func make(_ path: String, _ json: String) throws {
        try post(path, json + #","organization":"\#(daemon.organization)"}"#)
    }

    private func post(_ path: String, _ json: String) throws {
        let answer = try daemon.call("POST", path, json: json, token: daemon.token)
        try #require(answer.status < 300, "\(path): \(answer.text)")
    }
}
