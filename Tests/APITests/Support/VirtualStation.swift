import API
import Drivers
import Engine
import JSON
import Pointing
import Station
import Store
import Synchronization
import TestSupport
import Testing
import Transport

/// A whole station in virtual time: the real actors, routes and drivers, and no socket.
///
/// Requests and frames enter where the transport would hand them in; what the transport would send
/// is collected.
final class VirtualStation {
    let core: Core
    let store: InMemoryStore
    let station: FieldStation
    private let passwords = SimulatedPasswords()
    private let gateway: Gateway
    private let input: InputPort<TransportInput>
    private let outputs: Outputs
    private var lastNumber: UInt64 = 0
    private(set) var adminToken = ""

    /// What left through the transport's door.
    private final class Outputs: Sendable {
        let all = Mutex<[TransportOutput]>([])
    }

    /// - Parameter receiver: makes the station's receiver, or none; by default one that stands
    ///   still at 52.0, 4.36, 46 m.
    init(
        seed: UInt64 = 1, store: InMemoryStore = InMemoryStore(),
        receiver: ((Core) -> (any ReceiverDriver)?)? = nil,
        makeRotor: (@Sendable (Core, Int, RotorSettings) -> any RotorDriver)? = nil,
        makeRoom: (@Sendable (Core, RoomWish) -> any RoomService)? = nil
    ) throws {
        let core = Core(
            pace: .virtual, seed: seed, utc: UTCTime(nanoseconds: 1_800_000_000_000_000_000),
            store: store)
        let outputs = Outputs()
        let (station, gateway, token) = try core.perform { [passwords] in
            let gateway = Gateway(core: core, settings: GatewaySettings()) { batch in
                outputs.all.withLock { $0 += batch }
            }
            var parts = FieldStation.Parts(
                receiver: receiver.map { $0(core) } ?? Self.standing(core),
                makeRotorDriver: { id, settings in
                    makeRotor?(core, id, settings) ?? SimulatedRotor(core: core, name: String(id))
                },
                makeCommandDriver: { _, _ in SimulatedCommandDriver(core: core) },
                makeRoomService: { makeRoom?(core, $0) ?? SilentRoom(core: core) },
                web: WebLines(core: core) { RefusingWebEdge(onEvent: $0) })
            parts.hostKey = HostKey("let us play")
            parts.passwordEdge = passwords
            parts.makeWorkspaceDriver = { driver in
                guard case .simulated(let settings) = driver else { return nil }
                return SimulatedWorkspaceDriver(core: core, settings: settings)
            }
            let station = FieldStation(core: core, parts: parts) { output in
                gateway.enter { $0.perform(output) }
            }
            try station.start { try store.rows(in: $0, orderedBy: StationWorld.column(of: $0)) }
            let isFirst = station.identity.enter { $0.needsFirstStart }
            let token = isFirst ? station.identity.enter { $0.createFirstStart() }.text : ""
            gateway.enter { $0.serve(station, record: { _ in }) }
            return (station, gateway, token)
        }
        (self.core, self.store, self.station, self.outputs) = (core, store, station, outputs)
        self.gateway = gateway
        input = gateway.inputPort()
        adminToken = token
        core.run(for: .seconds(2))
    }

    deinit {
        TraceLog.current?.note(core)
    }

    static func standing(_ core: Core) -> SimulatedReceiver {
        let position = GPSFix.Position(
            latitudeDegrees: 52, longitudeDegrees: 4.36, altitudeMeters: 46)
        return SimulatedReceiver(core: core, path: SimulatedReceiverPath(wayPoints: [position]))
    }

    // MARK: Requests

    /// Sends a request and gives the answer, after the instant's events have run.
    func call(
        _ method: String, _ path: String, json: String? = nil, admin: Bool = false,
        token: String? = nil, query: String? = nil, headers: HTTPHeaders = HTTPHeaders()
    ) -> HTTPResponse? {
        let number = ask(
            method, path, json: json, token: admin ? adminToken : token, query: query,
            headers: headers)
        answerPasswords()
        return answer(to: number)
    }

    /// Sends a request and gives its number; passwords are not looked at yet.
    func ask(
        _ method: String, _ path: String, json: String? = nil, token: String? = nil,
        query: String? = nil, headers: HTTPHeaders = HTTPHeaders()
    ) -> UInt64 {
        var headers = headers
        if let token { headers.add("Authorization", "Bearer \(token)") }
        if json != nil { headers.add("Content-Type", "application/json") }
        let number = nextNumber()
        input.send(
            .request(
                HTTPRequest(
                    id: number, method: method, path: path, query: query, headers: headers,
                    body: json.map { Array($0.utf8) } ?? [])))
        core.run(for: .zero)
        return number
    }

    func answer(to number: UInt64) -> HTTPResponse? {
        outputs.all.withLock { outputs in
            for case .respond(number, let response) in outputs { return response }
            return nil
        }
    }

    /// The client of a request goes away.
    func abandon(_ number: UInt64) {
        input.send(.abandoned(request: number))
        core.run(for: .zero)
    }

    func answerPasswords() {
        while passwords.answer() { core.run(for: .zero) }
    }

    func makeSession() -> String? {
        call("POST", "/api/sessions")?.object["token"]?.stringValue
    }

    /// The id of the first organisation.
    func organization() throws -> String {
        let all = core.look { station.identity.enter { $0.allOrganizations() } }
        return try #require(all.first).id
    }

    /// Makes a device or a location as a superuser; its id, or nil when that was refused.
    func make(_ kind: String, _ members: String) -> String? {
        call("POST", "/api/v1/controller/\(kind)/", json: "{\(members)}", admin: true)?
            .object["id"]?.stringValue
    }

    /// What the store says of itself, nil when it is well again.
    func tellStore(problem: String?) {
        core.perform { gateway.storeHealthPort() }.send(StoreHealthReport(problem: problem))
        core.run(for: .zero)
    }

    // MARK: Sockets

    /// Opens a socket of a session; nil when it was refused.
    func open(_ session: String, events: Bool = false) -> UInt64? {
        open(at: "/ws/session/\(session)", query: events ? "events=1" : nil)
    }

    /// Opens a socket; nil when it was refused.
    func open(at path: String, query: String? = nil) -> UInt64? {
        let number = nextNumber()
        input.send(
            .request(
                HTTPRequest(
                    id: number, method: "GET", path: path, query: query,
                    isWebSocketHandshake: true)))
        core.run(for: .zero)
        let isAccepted = outputs.all.withLock { outputs in
            outputs.contains { output in
                switch output {
                case .upgrade(number, _), .bridge(number, _): true
                default: false
                }
            }
        }
        guard isAccepted else { return nil }
        input.send(.opened(webSocket: number))
        core.run(for: .zero)
        return number
    }

    func send(_ text: String, on socket: UInt64) {
        input.send(.message(webSocket: socket, .text(Array(text.utf8))))
    }

    func lose(_ socket: UInt64) {
        input.send(.closed(webSocket: socket, code: 1006))
        core.run(for: .zero)
    }

    /// The JSON messages that a socket has been sent since the last look.
    func takeMessages(_ socket: UInt64) -> [JSONObject] {
        outputs.all.withLock { outputs in
            defer { outputs = [] }
            return outputs.compactMap { output in
                guard case .send(let frame, let sockets) = output, sockets.contains(socket) else {
                    return nil
                }
                return (try? JSONReader.read(frame.payload))?.objectValue
            }
        }
    }

    /// What was sent since the last look, and to which sockets.
    func takeFrames() -> [(payload: [UInt8], sockets: [UInt64])] {
        outputs.all.withLock { outputs in
            defer { outputs = [] }
            return outputs.compactMap { output in
                guard case .send(let frame, let sockets) = output else { return nil }
                return (frame.payload, sockets)
            }
        }
    }

    /// How sockets were closed since the last look, by their number.
    func closes() -> [UInt64: UInt16] {
        outputs.all.withLock { outputs in
            outputs.reduce(into: [:]) { closes, output in
                if case .close(let socket, let code, _) = output { closes[socket] = code }
            }
        }
    }

    func forgetOutputs() {
        outputs.all.withLock { $0 = [] }
    }

    /// The rotor as its actor knows it.
    func status(_ id: Int = 1) throws -> RotorStatus {
        try core.look {
            try station.rotors.enter { rotors in try rotors.rotor(id) }.enter { $0.status }
        }
    }

    private func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }
}

extension HTTPResponse {
    /// The body as a JSON object; empty when it is none.
    var object: JSONObject { (try? JSONReader.read(body))?.objectValue ?? JSONObject() }
}
