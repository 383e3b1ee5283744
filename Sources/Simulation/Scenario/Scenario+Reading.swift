import Drivers
import Engine
package import JSON
import Pointing
import Station

/// Reads scenario files: JSON with comments, every key known, every error with its place.
extension Scenario {
    /// - Parameter overrides: `path=value` pairs that take the place of what the file says.
    package init(
        file bytes: [UInt8], overrides: [(path: String, value: String)] = []
    ) throws(ScenarioError) {
        try self.init(ScenarioText.tree(bytes), overrides: overrides)
    }

    package init(
        _ tree: JSON5Node, overrides: [(path: String, value: String)] = []
    ) throws(ScenarioError) {
        var tree = tree
        for (path, value) in overrides {
            tree = try ScenarioText.replacing(path, in: tree, with: value)
        }
        do throws(ScenarioError) {
            try self.init(root: tree)
        } catch  where error.place == ScenarioText.commandLine {
            throw ScenarioError(nil, error.message)
        }
    }

    private static let keys = [
        "title", "duration", "heal", "sample", "seed", "schedule", "disk", "station", "rotor",
        "phones", "rooms", "workload", "faults", "chaos", "vary", "expect",
    ]

    private init(root: JSON5Node) throws(ScenarioError) {
        self.init()
        let fields = try ScenarioFields(root, "the scenario", known: Self.keys)
        title = try fields.text("title") ?? title
        duration = try fields.span("duration") ?? duration
        heal = try fields.span("heal")
        sample = try fields.span("sample") ?? sample
        seed = try fields.seed("seed")
        schedule = try fields.choice("schedule", ScheduleChoice.self) ?? schedule
        disk = try fields.span("disk") ?? disk
        guard sample >= Self.shortestSample else {
            throw ScenarioError(
                fields.node("sample")?.place,
                "sample must be at least \(WrittenTime.text(Self.shortestSample))")
        }
        if let heal, heal > duration {
            throw ScenarioError(fields.node("heal")?.place, "heal must come before the end")
        }
        if let node = fields.node("station") { station = try StationSite(node) }
        if let node = fields.node("rotor") { rotor = try RotorBody(node) }
        if let node = fields.node("phones") {
            guard case .object(let members) = node.content else {
                throw ScenarioError(node.place, "phones must be an object: a name and its phone")
            }
            for member in members {
                phones.append(
                    try PhoneTrip(member.value, name: member.name, isFirst: phones.isEmpty))
            }
        }
        if let node = fields.node("rooms") { rooms = try Self.rooms(node) }
        let names = phones.map(\.name)
        for node in try fields.list("workload") ?? [] {
            workload.append(try WorkloadStep(node, phones: names))
        }
        for node in try fields.list("faults") ?? [] {
            faults.append(try Fault(node, phones: names, heal: heal))
            try check(node, [faults.last?.kind])
        }
        if let node = fields.node("chaos") {
            let drawn = try Chaos(node)
            try check(node, drawn.kinds)
            chaos = drawn
        }
        if let node = fields.node("vary") { vary = try Self.variations(node) }
        for node in try fields.list("expect") ?? [] {
            expectations.append(try Expectation(node, heals: heal != nil))
        }
    }

    /// Looking more often would measure the simulation, not the station.
    private static let shortestSample = Duration.milliseconds(10)

    private static func variations(_ node: JSON5Node) throws(ScenarioError) -> [Variation] {
        guard case .object(let members) = node.content else {
            throw ScenarioError(node.place, "vary must be an object: a path and [low, high]")
        }
        var variations: [Variation] = []
        for member in members {
            guard case .array(let ends) = member.value.content, ends.count == 2 else {
                throw ScenarioError(member.value.place, "\(member.name) must be [low, high]")
            }
            let texts = ends.map(ScenarioText.text)
            guard
                texts.allSatisfy({ Double($0)?.isFinite == true })
                    || texts.allSatisfy({ WrittenTime.duration($0) != nil })
            else {
                throw ScenarioError(
                    member.value.place, "\(member.name) must be two numbers or two times")
            }
            variations.append(Variation(path: member.name, low: texts[0], high: texts[1]))
        }
        return variations
    }
}

extension StationSite {
    fileprivate init(_ node: JSON5Node) throws(ScenarioError) {
        self.init()
        let fields = try ScenarioFields(
            node, "station", known: ["position", "receiver", "noise"] + TripPath.keys)
        if let place = fields.node("position") {
            path = TripPath(points: [try fields.position(place, "position")])
        } else if fields.has("points") || fields.has("circle") {
            path = try TripPath(fields)
        }
        hasReceiver = try fields.flag("receiver") ?? hasReceiver
        noiseMeters = try fields.number("noise", in: 0...10_000) ?? 0
    }
}

extension RotorBody {
    fileprivate init(_ node: JSON5Node) throws(ScenarioError) {
        self.init()
        let fields = try ScenarioFields(
            node, "rotor",
            known: [
                "azimuth", "elevation", "rate", "acceleration", "deadband", "start", "keep_out",
            ])
        azimuthDegrees = try fields.range("azimuth", within: -360...720) ?? azimuthDegrees
        elevationDegrees = try fields.range("elevation", within: -20...180) ?? elevationDegrees
        rateDegreesPerSecond = try fields.number("rate", in: 0.01...360) ?? rateDegreesPerSecond
        if let acceleration = try fields.number("acceleration", in: 0...1000) {
            // Zero stands for a rotor without inertia.
            accelerationDegreesPerSecondSquared = acceleration > 0 ? acceleration : nil
        }
        deadBandDegrees = try fields.number("deadband", in: 0...30) ?? deadBandDegrees
        startDegrees = try fields.number("start", in: -360...720) ?? startDegrees
        guard azimuthDegrees.upperBound - azimuthDegrees.lowerBound <= 720 else {
            throw ScenarioError(
                fields.node("azimuth")?.place, "rotor.azimuth must be at most two turns wide")
        }
        guard azimuthDegrees.contains(startDegrees) else {
            throw ScenarioError(node.place, "the rotor must start within its azimuth")
        }
        for sector in try fields.list("keep_out") ?? [] {
            keepOut.append(try KeepOutSector(sector, fields))
        }
        do throws(RotorGeometryError) {
            _ = try geometry
        } catch {
            throw ScenarioError(fields.node("keep_out")?.place, "rotor: \(error)")
        }
    }

    /// As the station will take it.
    private var geometry: RotorGeometry {
        get throws(RotorGeometryError) {
            try RotorGeometry(
                minAzimuthDegrees: azimuthDegrees.lowerBound,
                maxAzimuthDegrees: azimuthDegrees.upperBound,
                minElevationDegrees: elevationDegrees.lowerBound,
                maxElevationDegrees: elevationDegrees.upperBound, keepOut: keepOut,
                deadBandDegrees: deadBandDegrees)
        }
    }
}

extension KeepOutSector {
    /// `[from, to, lowest, highest]`, in degrees.
    fileprivate init(_ node: JSON5Node, _ fields: ScenarioFields) throws(ScenarioError) {
        guard case .array(let numbers) = node.content, numbers.count == 4 else {
            throw ScenarioError(
                node.place, "rotor.keep_out must be a list of [from, to, lowest, highest]")
        }
        var degrees: [Double] = []
        for number in numbers {
            degrees.append(try fields.number(number, "keep_out", in: -360...360))
        }
        do throws(RotorGeometryError) {
            try self.init(
                minAzimuthDegrees: degrees[0], maxAzimuthDegrees: degrees[1],
                elevationDegrees: (degrees[2], degrees[3]))
        } catch {
            throw ScenarioError(node.place, "rotor.keep_out: \(error)")
        }
    }
}

extension PhoneTrip {
    fileprivate init(
        _ node: JSON5Node, name: String, isFirst: Bool
    ) throws(ScenarioError) {
        self.init()
        self.name = name
        let fields = try ScenarioFields(
            node, "phones.\(name)",
            known: [
                "shares", "joins", "every", "accuracy", "noise", "clock", "delay", "jitter", "loss",
                "position",
            ] + TripPath.keys)
        if let place = fields.node("position") {
            path = TripPath(points: [try fields.position(place, "position")])
        } else {
            path = try TripPath(fields)
        }
        shares = try fields.flag("shares") ?? isFirst
        joins = try fields.span("joins") ?? joins
        every = try fields.span("every") ?? every
        guard every >= .milliseconds(50) else {
            throw ScenarioError(fields.node("every")?.place, "every must be at least 50ms")
        }
        accuracyMeters = try fields.number("accuracy", in: 0...100_000) ?? accuracyMeters
        noiseMeters = try fields.number("noise", in: 0...10_000) ?? 0
        clock = try fields.duration("clock") ?? .zero
        delay = try fields.span("delay") ?? delay
        jitter = try fields.span("jitter") ?? jitter
        loss = try fields.number("loss", in: 0...0.9) ?? 0
    }
}

extension TripPath {
    static let keys = ["points", "circle", "speed", "loop", "starts"]

    fileprivate init(_ fields: ScenarioFields) throws(ScenarioError) {
        self.init(points: [])
        speedMetersPerSecond = try fields.number("speed", in: 0.001...20_000) ?? 0
        loops = try fields.flag("loop") ?? false
        startsAt = try fields.span("starts") ?? .zero
        if let circle = fields.node("circle") {
            points = try Self.circle(circle)
            loops = true
        } else {
            for node in try fields.list("points") ?? [] {
                points.append(try fields.position(node, "points"))
            }
        }
        guard !points.isEmpty else { throw fields.missing("points") }
        guard points.count == 1 || speedMetersPerSecond > 0 else { throw fields.missing("speed") }
    }

    /// Enough corners that the radius is right within a thousandth.
    private static let corners = 72

    private static func circle(_ node: JSON5Node) throws(ScenarioError) -> [GPSFix.Position] {
        let fields = try ScenarioFields(node, "circle", known: ["center", "radius"])
        guard let place = fields.node("center") else { throw fields.missing("center") }
        guard let radius = try fields.number("radius", in: 0.1...1_000_000) else {
            throw fields.missing("radius")
        }
        let center = try fields.position(place, "center")
        guard
            let middle = try? GeodeticPosition(
                latitudeDegrees: center.latitudeDegrees,
                longitudeDegrees: center.longitudeDegrees,
                altitudeMeters: center.altitudeMeters ?? 0)
        else { throw ScenarioError(place.place, "circle.center is no place on the earth") }
        return (0..<corners).map { corner in
            let point = middle.moved(
                bearingDegrees: Double(corner) * 360 / Double(corners), distanceMeters: radius)
            return GPSFix.Position(
                latitudeDegrees: point.latitudeDegrees, longitudeDegrees: point.longitudeDegrees,
                altitudeMeters: center.altitudeMeters)
        }
    }
}

extension WorkloadStep {
    /// Saying something more often would measure the simulation, not the station.
    private static let shortestPause = Duration.milliseconds(50)

    fileprivate init(_ node: JSON5Node, phones: [String]) throws(ScenarioError) {
        let fields = try ScenarioFields(
            node, "workload",
            known: [
                "at", "phone", "mode", "target", "request", "body", "as", "expect", "says", "keep",
                "watch", "name", "returns", "say", "text", "every", "deaf",
            ])
        guard let at = try fields.span("at") else { throw fields.missing("at") }
        if fields.has("request") {
            self.init(at: at, action: .request(try WrittenRequest(fields)))
            return
        }
        if let path = try fields.text("watch") {
            guard let name = try fields.text("name") else { throw fields.missing("name") }
            self.init(
                at: at,
                action: .watch(
                    path: path, caller: try fields.text("as"), name: name,
                    returns: try fields.flag("returns") ?? false))
            return
        }
        if let name = try fields.text("say") {
            guard let text = try fields.text("text") else { throw fields.missing("text") }
            let every = try fields.span("every")
            if let every, every < Self.shortestPause {
                throw ScenarioError(fields.node("every")?.place, "every must be at least 50ms")
            }
            self.init(at: at, action: .say(text, watcher: name, every: every))
            return
        }
        if let name = try fields.text("deaf") {
            self.init(at: at, action: .deaf(name))
            return
        }
        guard let phone = try fields.text("phone", among: phones) else {
            throw fields.missing("phone")
        }
        if let mode = try fields.text("mode", among: TrackingMode.allCases.map(\.rawValue)) {
            self.init(at: at, action: .mode(mode, phone: phone))
        } else if let target = try fields.list("target"), target.count == 2 {
            self.init(
                at: at,
                action: .target(
                    azimuthDegrees: try fields.number(target[0], "target", in: -720...720),
                    elevationDegrees: try fields.number(target[1], "target", in: -180...180),
                    phone: phone))
        } else {
            throw ScenarioError(node.place, "a phone's step needs 'mode' or 'target': [az, el]")
        }
    }
}

extension WrittenRequest {
    fileprivate init(_ fields: ScenarioFields) throws(ScenarioError) {
        let words = (try fields.text("request") ?? "").split(separator: " ")
        guard words.count == 2 else {
            throw ScenarioError(fields.node("request")?.place, "request must be \"METHOD PATH\"")
        }
        self.init(
            method: String(words[0]), path: String(words[1]), body: try fields.text("body"),
            caller: try fields.text("as"))
        expected = try fields.number("expect", in: 100...599).map { Int($0) }
        says = try fields.text("says")
        guard let node = fields.node("keep") else { return }
        guard case .object(let members) = node.content else {
            throw ScenarioError(node.place, "keep must be an object: a name and a member")
        }
        for member in members {
            guard case .string(let text) = member.value.content else {
                throw ScenarioError(
                    member.value.place, "keep.\(member.name) must name a member of the answer")
            }
            keeps.append(Keep(name: member.name, member: text))
        }
    }
}

extension Fault {
    fileprivate init(
        _ node: JSON5Node, phones: [String], heal: Duration?
    ) throws(ScenarioError) {
        let fields = try ScenarioFields(
            node, "faults", known: ["at", "for", "fault", "amount", "phone"])
        guard let kind = try fields.choice("fault", FaultKind.self) else {
            throw fields.missing("fault")
        }
        guard let at = try fields.span("at") else { throw fields.missing("at") }
        let lasts = try fields.span("for")
        guard lasts != nil || kind.isInstant else { throw fields.missing("for") }
        if fields.has("amount"), kind.amounts == nil {
            throw ScenarioError(
                fields.node("amount")?.place, "\(kind.rawValue) takes no amount")
        }
        if fields.has("phone"), !kind.isOfPhone {
            throw ScenarioError(
                fields.node("phone")?.place, "\(kind.rawValue) does not happen to a phone")
        }
        self.init(
            kind, at: at, lasts: lasts ?? .zero,
            amount: try fields.number("amount", in: kind.amounts ?? 0...0),
            phone: try fields.text("phone", among: phones))
        if let heal, end > heal {
            throw ScenarioError(
                node.place,
                "the fault \(kind.rawValue) at \(WrittenTime.text(at)) outlasts heal at "
                    + WrittenTime.text(heal))
        }
    }
}

extension Chaos {
    fileprivate init(_ node: JSON5Node) throws(ScenarioError) {
        self.init()
        let fields = try ScenarioFields(
            node, "chaos", known: ["faults", "per_hour", "shortest", "longest", "from"])
        for node in try fields.list("faults") ?? [] {
            guard case .string(let name) = node.content else {
                throw ScenarioError(node.place, "chaos.faults must hold names of faults")
            }
            let named = FaultKind.allCases.filter {
                $0.rawValue == name || name == $0.victim + ".*"
            }
            guard !named.isEmpty else {
                let known = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw ScenarioError(node.place, "there is no fault '\(name)'; there are \(known)")
            }
            kinds += named
        }
        perHour = try fields.number("per_hour", in: 0...36_000) ?? perHour
        shortest = try fields.span("shortest") ?? shortest
        longest = try fields.span("longest") ?? longest
        from = try fields.span("from") ?? from
        guard shortest <= longest else {
            throw ScenarioError(node.place, "chaos: shortest must not be above longest")
        }
    }
}

extension Expectation {
    fileprivate init(_ node: JSON5Node, heals: Bool) throws(ScenarioError) {
        let kinds = Kind.allCases.map(\.rawValue)
        let fields = try ScenarioFields(
            node, "expect", known: kinds + ["within", "from", "until", "while", "grace"])
        let named = Kind.allCases.filter { fields.has($0.rawValue) }
        guard let kind = named.first, named.count == 1 else {
            throw ScenarioError(
                node.place, "an expectation needs one of " + kinds.joined(separator: ", "))
        }
        let text = try fields.text(kind.rawValue) ?? ""
        let condition: Condition
        do throws(ConditionProblem) {
            condition = try Condition(text)
        } catch {
            throw ScenarioError(fields.node(kind.rawValue)?.place, error.message)
        }
        self.init(kind, condition)
        phase = try fields.choice("while", Phase.self) ?? phase
        from = try fields.span("from") ?? from
        until = try fields.span("until")
        within = try fields.span("within")
        grace = try fields.span("grace") ?? grace
        if kind == .eventually, within == nil { throw fields.missing("within") }
        if kind != .eventually, let place = fields.node("within")?.place {
            throw ScenarioError(place, "only 'eventually' takes 'within'")
        }
        if phase != .calm, let place = fields.node("grace")?.place {
            throw ScenarioError(place, "only 'while: \"calm\"' takes 'grace'")
        }
        if phase == .healed, !heals {
            throw ScenarioError(
                fields.node("while")?.place, "'while: \"healed\"' needs the scenario's 'heal'")
        }
        if let until, until <= from {
            throw ScenarioError(fields.node("until")?.place, "until must come after from")
        }
    }
}
