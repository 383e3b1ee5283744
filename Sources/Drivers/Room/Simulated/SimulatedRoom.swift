package import Engine
import JSON

/// A room service with one room, in the core's memory: actions of a client in, events for it out.
///
/// It answers with the bytes of the real one, so that the session which reads them is tried too.
/// The room's time begins with the first welcome and goes on whether or not anybody watches.
package struct SimulatedRoom: Sendable {
    private struct Pending {
        let due: Instant
        let line: UInt64
        let event: WebEvent
    }

    /// Somebody who has, or had, a seat in the room.
    private struct Client {
        let id: Int64
        let role: String
        let name: String
        /// What takes a watcher back to its seat.
        var secret: String { "secret-of-\(id)" }
    }

    /// A socket that was welcomed.
    private struct Member {
        let line: UInt64
        let id: Int64
        /// Frames sent so far.
        var sent: Int64 = 0
    }

    private let fixture: RoomFixture
    /// In the order of their times; of equal ones, as they were added.
    private var pending: [Pending] = []
    /// Lines that were begun and not ended by either side.
    private var underWay: [UInt64] = []
    private var members: [Member] = []
    private var clients: [Client]
    private var value = JSONObject()
    private var version: Int64 = 0
    private var lookUps = 0
    private var opens = 0
    private var nextStep = 0
    private var stepDue: Instant?
    private var outageEnd = Instant.start
    private var isOver = false

    package init(_ fixture: RoomFixture) {
        self.fixture = fixture
        clients = [Client(id: 1, role: "host", name: "")]
    }

    /// When something happens next that somebody hears of.
    package var nextDue: Instant? {
        let step = members.isEmpty ? nil : stepDue
        return [pending.first?.due, step].compactMap(\.self).min()
    }

    /// The next event that is due, with its line.
    package mutating func next(at now: Instant) -> (line: UInt64, event: WebEvent)? {
        runSteps(until: now)
        guard let first = pending.first, first.due <= now else { return nil }
        pending.removeFirst()
        return (first.line, first.event)
    }

    /// Takes what a client does on a line; every line has a number of its own.
    package mutating func take(_ action: WebAction, on line: UInt64, at now: Instant) {
        runSteps(until: now)
        switch action {
        case .call:
            underWay.append(line)
            lookUp(line, at: now)
        case .open(let request, _):
            underWay.append(line)
            open(request.url, line, at: now)
        case .send(let text): answer(text, line, at: now)
        case .close:
            underWay.removeAll { $0 == line }
            members.removeAll { $0.line == line }
            pending.removeAll { $0.line == line }
        }
    }

    // MARK: Coming in

    private mutating func lookUp(_ line: UInt64, at now: Instant) {
        let reply = reply(of: fixture.lookUps, lookUps, at: now)
        lookUps += 1
        let due = now.advanced(by: reply.after)
        switch reply.kind {
        case .proper:
            let body: JSONValue = [
                "ok": .bool(true),
                "body": [
                    "appTag": .string(fixture.game), "audienceEnabled": .bool(false),
                    "code": .string("ABCD"), "full": .bool(false),
                    "host": .string("room.simulated.invalid"),
                    "locked": .bool(false), "maxPlayers": .integer(Int64(fixture.maxPlayers)),
                ],
            ]
            tell(.answered(WebAnswer(status: 200, body: body.bytes())), line, at: due)
        case .status(let status):
            tell(.answered(WebAnswer(status: status, body: Self.refusal)), line, at: due)
        case .error, .unreachable: tell(.failed(Self.nobody), line, at: due)
        case .silence: break
        }
    }

    private mutating func open(_ address: String, _ line: UInt64, at now: Instant) {
        // Who comes in beside another looks around only, and is served from the present state.
        var reply = reply(of: members.isEmpty ? fixture.opens : [], opens, at: now)
        if members.isEmpty { opens += 1 }
        if isOver, reply.kind != .unreachable { reply.kind = .error(2027) }
        let due = now.advanced(by: reply.after)
        switch reply.kind {
        case .proper: welcome(address, line, at: due)
        case .status(let status):
            tell(.failed(.refused(WebAnswer(status: status, body: Self.refusal))), line, at: due)
        case .error(let code): turnAway(line, code, at: due)
        case .unreachable: tell(.failed(Self.nobody), line, at: due)
        case .silence: break
        }
    }

    private func reply(
        of replies: [RoomFixture.Reply], _ index: Int, at now: Instant
    ) -> RoomFixture.Reply {
        if now < outageEnd { return RoomFixture.Reply(.unreachable) }
        let given = index < replies.count ? replies[index] : replies.last
        guard isOver else { return given ?? RoomFixture.Reply(.proper) }
        return RoomFixture.Reply(.status(404))
    }

    private mutating func turnAway(_ line: UInt64, _ code: Int64, at due: Instant) {
        tell(.opened, line, at: due)
        let frame: JSONValue = [
            "pc": .integer(0), "opcode": .string("error"),
            "result": ["code": .integer(code), "msg": .string("refused")],
        ]
        tell(.received(frame.bytes()), line, at: due)
        tell(.closed(code: 1000, reason: ""), line, at: due)
    }

    private mutating func welcome(_ address: String, _ line: UInt64, at due: Instant) {
        let query = SimulatedRoomQuery(address)
        let client: Client
        if let id = query["id"] {
            let known = clients.first { "\($0.id)" == id && $0.secret == query["secret"] }
            guard let known else { return turnAway(line, 2008, at: due) }
            client = known
        } else {
            client = addClient(role: "shard", name: query["name"] ?? "")
        }
        tell(.opened, line, at: due)
        members.append(Member(line: line, id: client.id))
        send(
            "client/welcome",
            [
                "id": .integer(client.id), "name": .string(client.name),
                "secret": .string(client.secret), "reconnect": .bool(query["id"] != nil),
                "entities": .object(entities), "here": .object(here), "profile": .null,
            ], to: line, at: due)
        if stepDue == nil, nextStep == 0 {
            stepDue = fixture.steps.first.map { due.advanced(by: $0.after) }
        }
    }

    private var entities: JSONObject {
        guard version > 0 else { return [:] }
        return [
            fixture.entity: .array([.string("object"), .object(entity), ["locked": .bool(false)]])
        ]
    }

    private var entity: JSONObject {
        [
            "key": .string(fixture.entity), "val": .object(value), "version": .integer(version),
            "from": .integer(1),
        ]
    }

    private var here: JSONObject {
        JSONObject(
            clients.map { client in
                let role: JSONValue =
                    client.role == "player" ? ["name": .string(client.name)] : [:]
                return .init(
                    key: "\(client.id)",
                    value: ["id": .integer(client.id), "roles": [client.role: role]])
            })
    }

    // MARK: What happens

    private mutating func runSteps(until now: Instant) {
        while let due = stepDue, due <= now {
            let step = fixture.steps[nextStep]
            nextStep += 1
            stepDue =
                nextStep < fixture.steps.count
                ? due.advanced(by: fixture.steps[nextStep].after) : nil
            happen(step.action, at: due)
        }
    }

    private mutating func happen(_ action: RoomFixture.Step.Action, at due: Instant) {
        switch action {
        case .join(let name): tellOfJoin(addClient(role: "player", name: name), at: due)
        case .leave(let name):
            guard fixture.notices == .connected,
                let client = clients.last(where: { $0.role == "player" && $0.name == name })
            else { break }
            send("client/disconnected", ["id": .integer(client.id)], at: due)
        case .room(let members):
            for member in members.members { value[member.key] = member.value }
            version += 1
            send("object", .object(entity), at: due)
        case .frame(let frame): sendAll(frame.bytes(), at: due)
        case .text(let text): sendAll(Array(text.utf8), at: due)
        case .error(let code):
            send("error", ["code": .integer(code), "msg": .string("an error")], at: due)
        case .close(let code): closeAll(code, at: due)
        case .outage(let pause):
            outageEnd = due.advanced(by: pause)
            closeAll(1006, at: due)
        case .exit:
            isOver = true
            send("room/exit", ["cause": .integer(0)], at: due)
            closeAll(1000, at: due)
        case .vanish:
            isOver = true
            closeAll(1006, at: due)
        }
    }

    private mutating func tellOfJoin(_ client: Client, at due: Instant) {
        switch fixture.notices {
        case .none: break
        case .connected:
            send(
                "client/connected",
                [
                    "id": .integer(client.id), "name": .string(client.name),
                    "role": .string("player"),
                    "reconnect": .bool(false),
                    "profile": [
                        "id": .integer(client.id),
                        "roles": ["player": ["name": .string(client.name)]],
                    ],
                ], at: due)
        case .descriptions:
            let text: JSONValue = [
                "category": .string("TEXT_DESCRIPTION_PLAYER_JOINED"),
                "text": .string(client.name + " joined"),
            ]
            send(
                "object",
                [
                    "key": .string("textDescriptions"),
                    "val": ["latestDescriptions": .array([text])],
                ],
                at: due)
        }
    }

    private mutating func addClient(role: String, name: String) -> Client {
        let client = Client(id: Int64(clients.count + 1), role: role, name: name)
        clients.append(client)
        return client
    }

    /// Watchers may read entities, and do nothing else.
    private mutating func answer(_ text: String, _ line: UInt64, at now: Instant) {
        let due = now.advanced(by: RoomFixture.answerDelay)
        guard let question = (try? JSONReader.read(Array(text.utf8)))?.objectValue else { return }
        let isKnown = question["params"]?.objectValue?["key"] == .string(fixture.entity)
        if question["opcode"] == .string("object/get"), isKnown, version > 0 {
            send("object", .object(entity), re: question["seq"], to: line, at: due)
        } else {
            let result: JSONValue = ["code": .integer(2005), "msg": .string("no such entity")]
            send("error", result, re: question["seq"], to: line, at: due)
        }
    }

    // MARK: Sending

    private mutating func send(_ opcode: String, _ result: JSONValue, at due: Instant) {
        for member in members { send(opcode, result, to: member.line, at: due) }
    }

    private mutating func send(
        _ opcode: String, _ result: JSONValue, re: JSONValue? = nil, to line: UInt64,
        at due: Instant
    ) {
        guard let index = members.firstIndex(where: { $0.line == line }) else { return }
        members[index].sent += 1
        var frame: JSONObject = ["pc": .integer(members[index].sent)]
        frame["re"] = re
        frame["opcode"] = .string(opcode)
        frame["result"] = result
        tell(.received(JSONValue.object(frame).bytes()), line, at: due)
    }

    private mutating func sendAll(_ bytes: [UInt8], at due: Instant) {
        for member in members { tell(.received(bytes), member.line, at: due) }
    }

    private mutating func closeAll(_ code: UInt16, at due: Instant) {
        for member in members { tell(.closed(code: code, reason: ""), member.line, at: due) }
        members = []
    }

    private mutating func tell(_ event: WebEvent, _ line: UInt64, at due: Instant) {
        guard underWay.contains(line) else { return }
        if event.isFinal { underWay.removeAll { $0 == line } }
        let index = pending.firstIndex { $0.due > due } ?? pending.count
        pending.insert(Pending(due: due, line: line, event: event), at: index)
    }

    private static let refusal = Array("{\"ok\":false}".utf8)
    private static let nobody = WebError.unreachable("the simulated service is away")
}
