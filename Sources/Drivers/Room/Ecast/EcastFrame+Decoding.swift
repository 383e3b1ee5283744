import JSON

extension EcastFrame {
    /// Reads a frame; nil for what is not one, or has members of wrong types.
    init?(_ bytes: [UInt8], limits: EcastLimits) {
        guard bytes.count <= limits.frameBytes,
            let frame = (try? JSONReader.read(bytes))?.objectValue,
            let opcode = frame["opcode"]?.stringValue
        else { return nil }
        let result = frame["result"]?.objectValue
        let read: EcastFrame? =
            switch opcode {
            case "client/welcome": result.map { .welcome(EcastWelcome($0, limits)) }
            case "object": result.flatMap { Self.object($0, limits) }
            case "client/connected": result.flatMap { Self.connected($0, limits) }
            case "client/kicked": .kicked(result?["id"]?.integerValue)
            case "room/exit": .roomExited
            case "error": Self.error(result, isReply: frame["re"]?.integerValue != nil)
            default: Self.uninteresting.contains(opcode) ? .other : nil
            }
        guard let read else { return nil }
        self = read
    }

    private static let uninteresting: Set<String> = [
        "artifact", "audience", "audience/count-group", "audience/g-counter",
        "audience/pn-counter", "audience/text-ring", "client/disconnected", "client/send", "doodle",
        "doodle/line", "drop", "echo", "lock", "number", "object/echo", "ok", "room/get-audience",
        "room/lock", "room/migrate", "stack", "stack/element", "stack/elements", "text",
        "text/echo",
    ]

    private static func object(_ result: JSONObject, _ limits: EcastLimits) -> EcastFrame? {
        switch result["key"]?.stringValue {
        case "room", "bc:room": EcastRoomEntity(result, limits).map { .room($0) }
        case "textDescriptions": announced(result["val"], limits)
        case .some: .other
        case nil: nil
        }
    }

    private static func announced(_ value: JSONValue?, _ limits: EcastLimits) -> EcastFrame? {
        guard let list = value?.objectValue?["latestDescriptions"]?.arrayValue else { return nil }
        let joins = list.suffix(limits.descriptions).filter {
            $0.objectValue?["category"]?.stringValue?.contains("PLAYER_JOINED") == true
        }
        guard !joins.isEmpty else { return .other }
        return .announced(
            joins.compactMap { EcastPlayer.name(inText: $0.objectValue?["text"], limits) })
    }

    private static func connected(_ result: JSONObject, _ limits: EcastLimits) -> EcastFrame? {
        guard let id = result["id"]?.integerValue else { return nil }
        let profile = result["profile"]?.objectValue
        if let player = EcastPlayer(id: id, roles: profile?["roles"], limits) {
            return .joined(player)
        }
        guard result["role"]?.stringValue == "player" else { return .other }
        return .joined(EcastPlayer(id: id, text: result["name"]?.stringValue, limits))
    }

    private static func error(_ result: JSONObject?, isReply: Bool) -> EcastFrame {
        guard let code = result?["code"]?.integerValue else { return .other }
        return .failed(EcastErrorCode(rawValue: code), isReply: isReply)
    }
}

extension EcastWelcome {
    /// Takes what is as it should be: a welcome that is lost would be the watch's end.
    fileprivate init(_ result: JSONObject, _ limits: EcastLimits) {
        id = result["id"]?.integerValue
        secret = result["secret"]?.stringValue.flatMap {
            (1...limits.secretBytes).contains($0.utf8.count) ? $0 : nil
        }
        let entities = result["entities"]?.objectValue
        room =
            ["room", "bc:room"].lazy.compactMap { key in
                // `[type, entity, attributes]`
                entities?[key]?.arrayValue?.dropFirst().first?.objectValue
                    .flatMap { EcastRoomEntity($0, limits) }
            }.first
        for (key, client) in result["here"]?.objectValue?.members.map({ ($0.key, $0.value) }) ?? []
        where players.count < limits.players {
            guard let client = client.objectValue,
                let id = client["id"]?.integerValue ?? Int64(key),
                let player = EcastPlayer(id: id, roles: client["roles"], limits)
            else { continue }
            players.append(player)
        }
    }
}

extension EcastPlayer {
    /// Nil for one who has another role: the host, a watcher.
    fileprivate init?(id: Int64, roles: JSONValue?, _ limits: EcastLimits) {
        guard let role = roles?.objectValue?["player"], role != .null else { return nil }
        self.init(id: id, text: role.objectValue?["name"]?.stringValue, limits)
    }

    /// One without a name counts all the same.
    fileprivate init(id: Int64, text: String?, _ limits: EcastLimits) {
        self.id = id
        name = text.flatMap { EcastText.cleaned($0, limit: limits.nameScalars) } ?? "Player \(id)"
    }

    /// The name in `ALICE joined`; nil in another language, where only a probe can tell.
    fileprivate static func name(inText text: JSONValue?, _ limits: EcastLimits) -> String? {
        guard let text = text?.stringValue, let end = text.firstRange(of: " joined") else {
            return nil
        }
        var name = text[..<end.lowerBound]
        if name.hasSuffix(" has") { name = name.dropLast(4) }
        return EcastText.cleaned(String(name), limit: limits.nameScalars)
    }
}

extension EcastRoomEntity {
    /// Nil when it holds no state or one of a wrong type.
    fileprivate init?(_ entity: JSONObject, _ limits: EcastLimits) {
        guard let value = entity["val"]?.objectValue else { return nil }
        do throws(JSONFieldError) {
            lobbyState = try value.optionalString("lobbyState").flatMap {
                EcastText.cleaned($0, limit: limits.wordScalars)
            }
            gameState = try value.optionalString("state").flatMap {
                EcastText.cleaned($0, limit: limits.wordScalars)
            }
        } catch {
            return nil
        }
        switch value["gameFinished"] {
        case .bool(let flag)?: isFinished = flag
        case nil, .null?: isFinished = false
        default: return nil
        }
        version = entity["version"]?.integerValue
    }
}
