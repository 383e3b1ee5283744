import Engine
import JSON
import Synchronization
import TestSupport
import Testing
import Transport

/// Contract «002», the sockets of locations, over the wire.
@Suite struct LocationSocketTests {
    private static let rest = "/api/v1/controller/location/"
    private static let all = "/ws/loci/location/"

    private let daemon: DaemonProcess
    private let organization: String

    init() async throws {
        daemon = try await DaemonProcess()
        organization = try daemon.organization
    }

    private func location(
        _ name: String, in organization: String? = nil, isMobile: Bool = true
    ) throws -> String {
        let made = try daemon.call(
            "POST", Self.rest,
            json: #"{"name":"\#(name)","organization":"\#(organization ?? self.organization)","#
                + #""is_mobile":\#(isMobile)}"#,
            token: daemon.token)
        return try #require(made.object["id"]?.stringValue, "\(made.text)")
    }

    private func see(_ id: String, _ longitude: Double, _ more: String = "") throws {
        let answer = try daemon.call(
            "PATCH", Self.rest + "\(id)/",
            json: #"{"geometry":{"type":"Point","coordinates":[\#(longitude),52.5]}\#(more)}"#,
            token: daemon.token)
        #expect(answer.status == 200, "\(answer.text)")
    }

    private func open(_ path: String, _ token: String?) throws -> WebSocketClient {
        try daemon.webSocket(path, token: token)
    }

    private func text(_ socket: WebSocketClient) throws -> String? {
        guard case .message(.text(let bytes)) = try socket.receive(timeout: .seconds(10)) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The next message as name and longitude.
    private func news(_ socket: WebSocketClient) throws -> String? {
        guard let object = try socket.nextObject() else { return nil }
        let longitude = object["geometry"]?.objectValue?["coordinates"]?.arrayValue?.first
        return "\(object["name"]?.stringValue ?? "") \(longitude?.text ?? "")"
    }

    private func manager(_ email: String, of organization: String) throws -> String {
        try daemon.makeUser(
            email, roles: [organization: "manager"], isStaff: true,
            permissions: ["geo.view_location"])
    }

    @Test func `every update of a mobile location has the six keys in their order`() throws {
        let van = try location("van")
        let sockets = [
            try open(Self.all, daemon.token), try open(Self.all + "\(van)/", daemon.token),
        ]
        try see(van, 13.4)
        try see(van, 13.4)
        for socket in sockets {
            for _ in 0..<2 {
                #expect(
                    try text(socket) == #"{"id":"\#(van)","name":"van","address":"","#
                        + #""type":"outdoor","is_mobile":true,"geometry":{"type":"Point","#
                        + #""coordinates":[13.4,52.5]}}"#, "an identical repeat counts too")
            }
        }
    }

    @Test func `what is not mobile, or comes late, is not told`() throws {
        let hut = try location("hut", isMobile: false)
        let van = try location("van")
        let socket = try open(Self.all, daemon.token)
        try see(hut, 1)
        try see(van, 2)
        try see(van, 3, #","time":"2020-01-01T00:00:00Z""#)
        try see(van, 4)
        #expect(try news(socket) == "van 2")
        #expect(try news(socket) == "van 4")
    }

    @Test func `a socket hears of its location or its organisations only`() throws {
        let other = try daemon.makeOrganization("Other")
        let van = try location("van")
        let bus = try location("bus")
        let foreign = try location("foreign", in: other)
        let one = try open(Self.all + "\(bus)/", daemon.token)
        let ours = try open(Self.all, try manager("ours@x", of: organization))
        let theirs = try open(Self.all, try manager("theirs@x", of: other))
        let everything = try open(Self.all, daemon.token)
        let bound = try open(Self.all, daemon.makeToken("admin@localhost", boundTo: other))
        for (index, id) in [van, foreign, bus].enumerated() { try see(id, Double(index)) }
        try see(foreign, 9)
        #expect(try news(one) == "bus 2")
        #expect(try news(ours) == "van 0")
        #expect(try news(ours) == "bus 2")
        for socket in [theirs, bound] {
            #expect(try news(socket) == "foreign 1")
            #expect(try news(socket) == "foreign 9")
        }
        for expected in ["van 0", "foreign 1", "bus 2", "foreign 9"] {
            #expect(try news(everything) == expected)
        }
    }

    @Test func `who may open a socket follows from role, staff and permission`() throws {
        let other = try daemon.makeOrganization("Other")
        let van = try location("van")
        let foreign = try location("foreign", in: other)
        let view = ["geo.view_location"]
        let tokens: KeyValuePairs<String, (token: String?, one: Int?, all: Int?)> = [
            "superuser": (try daemon.token, nil, nil),
            "manager": (try manager("manager@x", of: organization), nil, nil),
            "owner": (
                try daemon.makeUser(
                    "owner@x", roles: [organization: "owner"], isStaff: true,
                    permissions: ["geo.change_location"]), nil, nil
            ),
            // Accepted, and hears nothing.
            "member": (
                try daemon.makeUser(
                    "member@x", roles: [organization: "member"], isStaff: true, permissions: view),
                403, nil
            ),
            "not staff": (
                try daemon.makeUser(
                    "plain@x", roles: [organization: "manager"], permissions: view), 403, 403
            ),
            "no permission": (
                try daemon.makeUser("no@x", roles: [organization: "manager"], isStaff: true),
                403, 403
            ),
            "stranger": (try manager("stranger@x", of: other), 403, nil),
            "nobody": (nil, 403, 403),
            "bad token": ("bad", 403, 403),
        ]
        for (name, (token, one, all)) in tokens {
            #expect(
                try refusal { _ = try open(Self.all + "\(van)/", token) } == one, "\(name), one")
            #expect(try refusal { _ = try open(Self.all, token) } == all, "\(name), all")
            let unknown = "00000000-0000-4000-8000-000000000000"
            #expect(
                try refusal { _ = try open(Self.all + "\(unknown)/", token) } == 403,
                "\(name): unknown is not told apart from forbidden")
            for malformed in ["x/", "\(van.uppercased())/", "\(van)", "\(van)/x/"] {
                #expect(
                    try refusal { _ = try open(Self.all + malformed, token) } == 404,
                    "\(name): \(malformed)")
            }
        }
        _ = foreign
    }

    @Test func `a token may come as a cookie or in the query`() throws {
        let van = try location("van")
        let cookie = try WebSocketClient(
            daemon.socketURL + Self.all,
            headers: HTTPHeaders([("Cookie", "a=b; sessionid=\(try daemon.token)")]))
        let query = try open(Self.all + "?token=\(try daemon.token)", nil)
        try see(van, 1)
        #expect(try news(cookie) == "van 1")
        #expect(try news(query) == "van 1")
    }

    @Test func `whatever a client sends is ignored`() throws {
        let van = try location("van")
        let socket = try open(Self.all, daemon.token)
        try socket.send("not JSON")
        try socket.send(.binary([0, 255]))
        try socket.send(#"{"type":"subscribe"}"#)
        try see(van, 1)
        #expect(try news(socket) == "van 1")
    }

    @Test func `a revoked token closes its sockets at once and no others`() throws {
        let van = try location("van")
        let token = try manager("m@x", of: organization)
        let spare = try daemon.makeToken("m@x")
        let sockets = try [Self.all, Self.all + "\(van)/"].map { try open($0, token) }
        let staying = try open(Self.all, spare)
        try see(van, 1)
        for socket in sockets { #expect(try news(socket) == "van 1") }
        let list = try JSONReader.read(
            daemon.call("GET", "/v1/tokens", token: daemon.token).body)
        let ids = (list.arrayValue ?? []).compactMap { $0.objectValue?["id"]?.stringValue }
        // The administrator's is the first, the one in question the next.
        #expect(
            try daemon.call("DELETE", "/v1/tokens/\(ids[1])", token: daemon.token).status == 204)
        for socket in sockets {
            #expect(
                try socket.receive(timeout: .seconds(10))
                    == .closed(code: 1008, reason: "no right any more"))
        }
        #expect(try refusal { _ = try open(Self.all, token) } == 403)
        try see(van, 2)
        #expect(try news(staying) == "van 1")
        #expect(try news(staying) == "van 2")
    }

    @Test func `a role that is lost stops what it carried, on open sockets too`() throws {
        let other = try daemon.makeOrganization("Other")
        let van = try location("van")
        let foreign = try location("foreign", in: other)
        let token = try daemon.makeUser(
            "m@x", roles: [organization: "manager", other: "owner"], isStaff: true,
            permissions: ["geo.view_location"])
        let all = try open(Self.all, token)
        let one = try open(Self.all + "\(van)/", token)
        try see(van, 1)
        try see(foreign, 2)
        #expect(try news(all) == "van 1")
        #expect(try news(all) == "foreign 2")
        #expect(try news(one) == "van 1")
        try daemon.setRole("m@x", "member", in: organization)
        #expect(
            try one.receive(timeout: .seconds(10))
                == .closed(code: 1008, reason: "no right any more"))
        try see(van, 3)
        try see(foreign, 4)
        #expect(try news(all) == "foreign 4", "the other organisation is still theirs")
        try daemon.setRole("m@x", "manager", in: organization)
        try see(van, 5)
        #expect(try news(all) == "van 5", "a right that is won counts at once, too")
    }

    @Test func `who stalls gets the latest only, and slows nobody`() async throws {
        let van = try location("van")
        // Long messages fill the kernel's buffers sooner.
        let address = String(repeating: "x", count: 256)
        _ = try daemon.call(
            "PATCH", Self.rest + "\(van)/", json: #"{"address":"\#(address)"}"#,
            token: daemon.token)
        let session = try daemon.makeSession()
        _ = try daemon.call(
            "PUT", "/v1/locations/\(van)/source",
            json: #"{"type":"session","token":"\#(session)"}"#, token: daemon.token)
        let phone = try daemon.socket(session)
        let stalled = try open(Self.all, daemon.token)
        let count = 20_000
        let read = Mutex<(isOpen: Bool, numbers: [Int])>((false, []))
        let url = daemon.socketURL + Self.all + "?token=\(try daemon.token)"
        let thread = try SystemThread(name: "reader") {
            guard let reader = try? WebSocketClient(url) else { return }
            read.withLock { $0.isOpen = true }
            while let number = try? Self.number(reader) {
                read.withLock { $0.numbers.append(number) }
                if number == count { break }
            }
        }
        let isOpen = await eventually { read.withLock { $0.isOpen } }
        #expect(isOpen)
        for number in 1...count {
            try phone.send(
                #"{"type":"location","geometry":{"type":"Point","coordinates":"#
                    + "[\(Double(number) / 1000),1]}}")
        }
        thread.join()
        let heard = read.withLock { $0.numbers }
        #expect(heard.last == count)
        #expect(heard == heard.sorted())
        var late: [Int] = []
        while late.last != count, let number = try Self.number(stalled) { late.append(number) }
        #expect(late.last == count, "the latest comes")
        #expect(late == late.sorted(), "in order")
        #expect(late.count < count, "and not everything before it")
    }

    /// The next position's number; nil when none comes.
    private static func number(_ socket: WebSocketClient) throws -> Int? {
        let geometry = try socket.nextObject(within: .seconds(60))?["geometry"]?.objectValue
        return geometry?["coordinates"]?.arrayValue?.first?.doubleValue.map {
            Int(($0 * 1000).rounded())
        }
    }
}
