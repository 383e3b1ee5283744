package import JSON

/// Why a room fixture cannot be used, and where.
package typealias RoomFixtureError = PlacedError

extension RoomFixture {
    /// Reads a fixture from its JSON5 text.
    ///
    /// - Throws: what is wrong with it, and in which line.
    package init(
        _ bytes: [UInt8], limits: RoomFixtureLimits = RoomFixtureLimits()
    ) throws(RoomFixtureError) {
        let tree: JSON5Node
        do throws(JSON5Problem) {
            tree = try JSON5Reader.read(bytes, limits: JSON5Limits(depth: limits.depth))
        } catch {
            throw RoomFixtureError(error.place, error.message)
        }
        try self.init(tree, limits: limits)
    }

    /// Takes a fixture from where it stands in another file.
    package init(
        _ tree: JSON5Node, limits: RoomFixtureLimits = RoomFixtureLimits()
    ) throws(RoomFixtureError) {
        let fields = try PlacedFields(
            tree, "a room",
            known: [
                "title", "game", "maxPlayers", "entity", "notices", "lookUps", "opens", "steps",
            ])
        self.init()
        guard let title = try fields.text("title") else {
            throw RoomFixtureError(fields.place, "a room needs a 'title'")
        }
        self.title = title
        game = try fields.text("game") ?? game
        maxPlayers = try fields.whole("maxPlayers", in: 1...10_000).map { Int($0) } ?? maxPlayers
        entity = try fields.choice("entity", ["room", "bc:room"]) ?? entity
        notices =
            try fields.choice("notices", Notices.allCases.map(\.rawValue))
            .flatMap(Notices.init) ?? notices
        for node in try fields.list("lookUps") {
            lookUps.append(try Reply(node, isLookUp: true, limits))
        }
        for node in try fields.list("opens") {
            opens.append(try Reply(node, isLookUp: false, limits))
        }
        for node in try fields.list("steps") {
            guard steps.count < limits.steps else {
                throw RoomFixtureError(node.place, "more than \(limits.steps) steps")
            }
            steps.append(try Step(node, limits))
        }
    }
}

extension RoomFixture.Reply {
    fileprivate init(
        _ node: JSON5Node, isLookUp: Bool, _ limits: RoomFixtureLimits
    ) throws(RoomFixtureError) {
        let kinds = ["proper", "status", "unreachable", "silence"] + (isLookUp ? [] : ["error"])
        let fields = try PlacedFields(node, "a reply", known: ["after"] + kinds)
        let names = fields.names(but: "after")
        guard let name = names.first, names.count == 1 else {
            throw RoomFixtureError(
                fields.place, "a reply needs exactly one of \(kinds.joined(separator: ", "))")
        }
        let kind: Kind
        switch name {
        case "status": kind = .status(Int(try fields.whole(name, in: 100...599) ?? 0))
        case "error": kind = .error(try fields.whole(name, in: 0...Int64(Int32.max)) ?? 0)
        default:
            guard fields.node(name)?.content == .bool(true) else {
                throw RoomFixtureError(fields.place, "'\(name)' must be true")
            }
            kind = name == "proper" ? .proper : name == "silence" ? .silence : .unreachable
        }
        self.init(
            after: try fields.seconds("after", most: limits.longestPause)
                ?? RoomFixture.answerDelay, kind)
    }
}

extension RoomFixture.Step {
    private static let actions = [
        "joins", "leaves", "room", "frame", "text", "error", "close", "outage", "exit", "vanish",
    ]

    fileprivate init(_ node: JSON5Node, _ limits: RoomFixtureLimits) throws(RoomFixtureError) {
        let fields = try PlacedFields(node, "a step", known: ["after"] + Self.actions)
        let names = fields.names(but: "after")
        guard let name = names.first, names.count == 1, let value = fields.node(name) else {
            throw RoomFixtureError(
                fields.place,
                "a step needs exactly one of \(Self.actions.joined(separator: ", "))")
        }
        self.init(
            after: try fields.seconds("after", most: limits.longestPause) ?? .zero,
            try Self.action(name, value, fields, limits))
    }

    private static func action(
        _ name: String, _ value: JSON5Node, _ fields: PlacedFields,
        _ limits: RoomFixtureLimits
    ) throws(RoomFixtureError) -> Action {
        switch name {
        case "joins": return .join(try fields.text(name) ?? "")
        case "leaves": return .leave(try fields.text(name) ?? "")
        case "frame": return .frame(value.json)
        case "text": return .text(try fields.text(name) ?? "")
        case "error": return .error(try fields.whole(name, in: 0...Int64(Int32.max)) ?? 0)
        case "close": return .close(UInt16(try fields.whole(name, in: 1000...4999) ?? 1000))
        case "outage":
            return .outage(try fields.seconds(name, most: limits.longestPause) ?? .zero)
        case "room":
            guard let members = value.json.objectValue else {
                throw fields.wrong(name, value, "an object")
            }
            return .room(members)
        default:
            guard value.content == .bool(true) else { throw fields.wrong(name, value, "true") }
            return name == "exit" ? .exit : .vanish
        }
    }
}
