import JSON

/// Which device somebody wants for themselves, and on what terms.
struct LeaseWish {
    static let device = Argument<String>(
        "DEVICE", optional: true, "the device's name or id; not needed with --where")
    private static let condition = Option<LeaseFilter>(
        "where", repeatable: true,
        "take a free device that meets this: platform, type, name or os-version, and = (is), "
            + "^= (begins with) or *= (has in it)")
    private static let time = Option<WrittenDuration>(
        "for", "end the lease by itself after this time")
    private static let heartbeat = Option<WrittenDuration>(
        "heartbeat", "end the lease when its holder has not been heard of for this time")
    private static let patience = Option<WrittenDuration>(
        "wait", "wait so long for a device that is leased; else fail at once")

    static let options = [
        condition.declaration, time.declaration, heartbeat.declaration, patience.declaration,
        Organizations.option.declaration,
    ]

    /// How often to ask for a device that is leased: soon enough for people, and no load.
    private static let tryAgain = Duration.seconds(2)

    /// Acts on the device's organisation.
    let api: ServerAPI
    let heartbeat: Duration?
    private let request: JSONObject
    private let patience: Duration

    /// - Parameter heartbeat: what counts when the options name none.
    init(
        _ invocation: Invocation, _ api: ServerAPI, heartbeat: Duration? = nil
    ) throws(CommandFailure) {
        var request = JSONObject()
        let conditions = invocation.all(Self.condition)
        switch (invocation[Self.device], conditions.isEmpty) {
        case (let name?, true):
            let found = try DeviceName.find(name, invocation, api)
            request["device"] = .string(found.device.id)
            self.api = api.acting(on: found.organization.id)
        case (nil, false):
            request["filters"] = .array(conditions.map(\.json))
            self.api = api.acting(on: try Organizations(invocation, api).acting().id)
        case (nil, true): throw invocation.usageFailure("name a DEVICE, or say --where")
        case (_?, false): throw invocation.usageFailure("DEVICE and --where exclude each other")
        }
        self.heartbeat = invocation[Self.heartbeat]?.duration ?? heartbeat
        if let time = invocation[Self.time] { request["duration"] = Self.seconds(time.duration) }
        if let heartbeat = self.heartbeat { request["heartbeat"] = Self.seconds(heartbeat) }
        self.request = request
        patience = invocation[Self.patience]?.duration ?? .zero
    }

    private static func seconds(_ duration: Duration) -> JSONValue {
        .number(duration / .seconds(1))
    }

    /// Takes the lease, or waits for it as long as was wished.
    ///
    /// - Parameter pause: waits; false ends the wish.
    /// - Returns: the lease, or nil when the wish was ended.
    func take(
        _ context: CommandContext, pause: (Duration) -> Bool
    ) throws(CommandFailure) -> ServerReply? {
        var left = patience
        while true {
            let reply = try api.reply(.post, "/api/v1/sessions", .object(request))
            if reply.isGood { return try ServerReply(reply) }
            let failure = RefusedReply(reply).failure
            guard reply.status == 409, left > .zero else { throw failure }
            if left == patience { context.printError("boresight: \(failure.message); waiting\n") }
            guard pause(min(left, Self.tryAgain)) else { return nil }
            left -= min(left, Self.tryAgain)
        }
    }
}
