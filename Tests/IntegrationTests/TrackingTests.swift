import JSON
import TestSupport
import Testing
import Transport

/// The main job on real programs: gpsd, rotctld, the daemon, two WebSocket clients, rotctl.
@Suite struct TrackingTests {
    private struct Scene {
        let station: TrackingStation
        let session: String
        let laptop: WebSocketClient

        /// A station whose rotor obeys a session and follows the phone.
        init() async throws {
            station = try await TrackingStation()
            session = try station.daemon.makeSession()
            laptop = try station.daemon.socket(session, "?events=1")
            let paired = try station.daemon.call(
                "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#,
                token: station.daemon.token)
            try #require(paired.status == 200, "\(paired.text)")
            try laptop.send(#"{"type":"mode","mode":"track"}"#)
        }

        func phone() throws -> Phone {
            _ = try station.daemon.call("POST", "/api/sessions/\(session)/join", json: "{}")
            return Phone(
                socket: try station.daemon.socket(session),
                connect: { try station.daemon.socket(session) })
        }

        /// Sends the phone's place until the rotor points there.
        func follows(_ place: PhonePlace, _ phone: Phone) async throws -> Bool {
            try await station.follows(place) { try phone.send(place.locationMessage) }
        }
    }

    /// A phone's page: it reads what it gets, and connects again by itself.
    private final class Phone {
        private(set) var socket: WebSocketClient
        private let connect: () throws -> WebSocketClient

        init(socket: WebSocketClient, connect: @escaping () throws -> WebSocketClient) {
            self.socket = socket
            self.connect = connect
        }

        /// While other tests have the threads nothing answers pings, and the station lets go.
        func send(_ text: String) throws {
            while case .message = try socket.receive(timeout: .milliseconds(1)) {}
            do throws(ClientError) {
                try socket.send(text)
            } catch {
                socket = try connect()
                try socket.send(text)
            }
        }
    }

    @Test func `the rotor follows the phone, as rotctl reads it at each place`() async throws {
        let scene = try await Scene()
        let phone = try scene.phone()
        var azimuths: [Double] = []
        for place in try PhonePlace.path() {
            let isFollowing = try await scene.follows(place, phone)
            #expect(isFollowing, "\(place)")
            azimuths.append(try await scene.station.rotctld.position().azimuth)
        }
        // The way leads through north and back: the overlap is used instead of a full turn.
        let largestStep = zip(azimuths, azimuths.dropFirst()).map { abs($0 - $1) }.max() ?? 360
        #expect(largestStep < 30, "\(azimuths)")
        var types: Set<String> = []
        while !types.isSuperset(of: ["rotor", "location"]),
            let message = try scene.laptop.nextObject()
        {
            if let type = message["type"]?.stringValue { types.insert(type) }
        }
        #expect(types.isSuperset(of: ["rotor", "location"]), "what the laptop heard: \(types)")
    }

    @Test(arguments: ["gpsd", "rotctld", "phone", "daemon"])
    func `after a restart in the middle the rotor follows again without help`(
        _ victim: String
    ) async throws {
        let scene = try await Scene()
        var phone = try scene.phone()
        let path = try PhonePlace.path()
        #expect(try await scene.follows(path[0], phone))
        switch victim {
        case "gpsd":
            scene.station.gpsd.kill()
            _ = await eventually { (try? problem(scene, "station")) ?? false }
            #expect(try problem(scene, "station"), "the loss is shown")
            try await scene.station.gpsd.restart()
            #expect(await eventually { (try? !problem(scene, "station")) ?? false })
        case "rotctld":
            scene.station.rotctld.kill()
            #expect(
                await eventually {
                    (try? scene.station.daemon.call("GET", "/api/rotors/1/position").status) == 503
                })
            try await scene.station.rotctld.restart()
        case "phone":
            try phone.socket.close()
            phone = try scene.phone()
        default:
            try await scene.station.daemon.restart()
            phone = try scene.phone()
        }
        #expect(try await scene.follows(path[4], phone), "\(victim)")
        #expect(try await scene.follows(path[7], phone), "\(victim)")
    }

    private func problem(_ scene: Scene, _ of: String) throws -> Bool {
        try scene.station.daemon.call("GET", "/api/\(of)").object["problem"] != nil
    }

    @Test func `stop from the phone is obeyed at once and holds while the phone moves`()
        async throws
    {
        let scene = try await Scene()
        let phone = try scene.phone()
        let path = try PhonePlace.path()
        try phone.send(path[5].locationMessage)
        try phone.send(#"{"type":"mode","mode":"stop"}"#)
        #expect(await eventually { (try? stands(scene)) == true })
        let before = try await scene.station.rotctld.position()
        for place in path.prefix(8) { try phone.send(place.locationMessage) }
        // What the laptop hears of the phone the rotor has heard before.
        let last = try JSONReader.read(Array(path[7].locationMessage.utf8)).objectValue
        var heard = JSONObject()
        while heard["geometry"] != last?["geometry"] {
            heard = try #require(try scene.laptop.nextObject())
        }
        for _ in 0..<5 {
            let after = try await scene.station.rotctld.position()
            #expect(abs(before.azimuth - after.azimuth) < 0.1)
        }
        // STOP over HTTP, with nothing but the session's own token.
        let answer = try scene.station.daemon.call(
            "POST", "/api/rotors/1/stop", token: scene.session)
        #expect(answer.status == 200)
    }

    private func stands(_ scene: Scene) throws -> Bool {
        let rotor = try scene.station.daemon.call("GET", "/api/rotors/1/position").object
        return rotor["mode"] == .string("stop") && rotor["moving"] == .bool(false)
    }
}
