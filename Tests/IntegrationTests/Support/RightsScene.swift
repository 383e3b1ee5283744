import JSON
import TestSupport
import Testing
import Transport

/// A daemon with an organisation that everything belongs to, another one, and everybody of
/// `RightsPerson`.
final class RightsScene {
    static let password = "battery staple"
    /// What the names of all things of the organisation begin with.
    private static let mark = "hidden"
    private static let permissions =
        ["view", "add", "change", "delete"].flatMap {
            ["config.\($0)_device", "geo.\($0)_location"]
        }
        + ["rotor.operate"]

    let daemon: DaemonProcess
    private(set) var tokens: [RightsPerson: String] = [:]
    /// What all cells share, by the names that the table has for it.
    private(set) var shared: [String: String] = [:]
    /// Takes leases that are not the caller's.
    private let holder: String
    private var count = 0

    init() async throws {
        daemon = try await DaemonProcess(["--gpsd", "none", "--station", "52,4.36"])
        let home = try daemon.organization
        let elsewhere = try daemon.makeOrganization("Elsewhere")
        holder = try daemon.makeUser("holder@x", roles: [home: "member"])
        func make(
            _ person: RightsPerson, _ role: String, in organization: String? = nil,
            isStaff: Bool = true, _ permissions: [String] = RightsScene.permissions
        ) throws {
            tokens[person] = try daemon.makeUser(
                "\(person)@x", roles: [organization ?? home: role], isStaff: isStaff,
                permissions: permissions)
        }
        tokens[.bad] = "bad"
        tokens[.root] = try daemon.makeUser("root@x", isSuperuser: true)
        tokens[.away] = try daemon.makeToken("root@x", boundTo: elsewhere)
        try make(.own, "owner")
        try make(.man, "manager")
        try make(.view, "manager", ["config.view_device", "geo.view_location"])
        try make(.lay, "manager", isStaff: false)
        try make(.mem, "member")
        try make(.ro, "readonly")
        try make(.out, "owner", in: elsewhere)
        shared = [
            "home": home, "elsewhere": elsewhere,
            "unknown": "00000000-0000-4000-8000-000000000000",
        ]
        try await makeShared()
    }

    private func makeShared() async throws {
        let key = String(repeating: "k", count: 43)
        let device = try make(device: #","key":"\#(key)""#)
        let things = DeviceOfDaemon(daemon, id: device)
        let location = try make(location: "home")
        shared["key"] = key
        shared["device"] = device
        shared["location"] = location
        shared["connection"] = try things.connect()
        let command = try things.command("reboot")
        #expect(try await things.end(of: command)["status"] == .string("success"))
        shared["command"] = command
        _ = try things.call("PUT", "location/", #"{"location":"\#(location)"}"#)
        _ = try things.call(
            "PUT", "coordinates/?key=\(key)",
            RightsTable.bodies["PUT /api/v1/controller/device/{device}/coordinates/"])
        shared["lease"] = try make(leaseOf: make(device: ""), by: holder)
        shared["foreign"] = try DeviceOfDaemon(daemon, "theirs", in: shared["elsewhere"]).id
        shared["theirs"] = try make(location: "elsewhere")
        shared["user"] = "holder@x"
        shared["login"] = "login@x"
        _ = try daemon.makeUser("login@x")
        try root("PUT", "/v1/users/login@x/password", #"{"password":"\#(Self.password)"}"#)
        shared["session"] = try daemon.makeSession()
        let rotor = try make(rotor: next("rotor"))
        shared["rotor"] = rotor
        #expect(await hasPosition(rotor))
    }

    func hasPosition(_ rotor: String) async -> Bool {
        await eventually {
            (try? daemon.call("GET", "/api/rotors/\(rotor)/position").status) == 200
        }
    }

    // MARK: Things

    /// A name that nothing has yet.
    private func next(_ word: String = RightsScene.mark) -> String {
        count += 1
        return "\(word)-\(count)"
    }

    @discardableResult
    func root(_ method: String, _ path: String, _ json: String? = nil) throws -> HTTPResponse {
        let answer = try daemon.call(method, path, json: json, token: daemon.token)
        #expect((200..<300).contains(answer.status), "\(method) \(path): \(answer.text)")
        return answer
    }

    private func make(_ path: String, _ json: String, as token: String? = nil) throws -> String {
        let made = try daemon.call("POST", path, json: json, token: token ?? daemon.token)
        return try #require(made.object["id"], "\(made.text)").scalar
    }

    private func make(device more: String) throws -> String {
        try make(
            "/api/v1/controller/device/",
            #"{"name":"\#(next())","organization":"\#(shared["home"] ?? "")"\#(more)}"#)
    }

    private func make(location organization: String) throws -> String {
        let name = organization == "home" ? next() : organization
        return try make(
            "/api/v1/controller/location/",
            #"{"name":"\#(name)","organization":"\#(shared[organization] ?? "")","#
                + #""is_mobile":true,"geometry":{"type":"Point","coordinates":[4.36,52.01,2000]}}"#)
    }

    private func make(leaseOf device: String, by token: String) throws -> String {
        try make("/api/v1/sessions", #"{"device":"\#(device)"}"#, as: token)
    }

    private func make(rotor name: String) throws -> String {
        try make("/api/rotors", #"{"name":"\#(name)","driver":"simulated"}"#)
    }

    /// Makes a thing for a cell.
    ///
    /// - Parameter other: the cell's other things, by their names.
    func make(
        _ name: String, for person: RightsPerson, _ other: (String) throws -> String
    ) throws -> String {
        switch name {
        case "word": return next("sent")
        case "me":
            return [.none, .bad, .root, .away].contains(person)
                ? "root@x" : "\(person)@x"
        case "new-device": return try make(device: "")
        case "new-work":
            let launched = try root("POST", "/workspaces/api/workspaces/ws-1panel/launch")
            return try #require(launched.object["session_id"]?.stringValue)
        case "new-type":
            let type = next("sent")
            _ = try make(device: #","type":"\#(type)""#)
            return type
        case "new-connection":
            return try DeviceOfDaemon(daemon, id: other("new-device")).connect()
        case "new-location": return try make(location: "home")
        case "followed":
            let id = try other("new-location")
            try root("PUT", "/v1/locations/\(id)/source", #"{"type":"station"}"#)
            return id
        case "new-lease": return try make(leaseOf: other("new-device"), by: holder)
        case "own-lease":
            let mayLease: [RightsPerson] = [.root, .own, .man, .view, .lay, .mem]
            let token = mayLease.contains(person) ? tokens[person] : nil
            return try make(leaseOf: other("new-device"), by: token ?? holder)
        case "new-user", "new-member":
            let email = next("sent") + "@x"
            let roles: KeyValuePairs = [shared["home"] ?? "": "member"]
            _ = try daemon.makeUser(email, roles: name == "new-user" ? [:] : roles)
            return email
        case "new-token":
            return try make("/v1/tokens", #"{"user":"holder@x"}"#)
        case "new-rotor": return try make(rotor: next("rotor"))
        default: return try #require(shared[name], "nothing is called \(name)")
        }
    }

    /// What tells somebody of the organisation's things.
    ///
    /// - Parameter things: those of the cell, by their names.
    func secrets(_ things: [String: String]) -> [String] {
        let names = ["home", "device", "location", "connection", "command", "lease", "key"]
        let open: Set = ["word", "me", "new-rotor", "new-type", "elsewhere", "foreign", "rotor"]
        return [Self.mark, "Default"] + names.compactMap { shared[$0] }
            + things.filter { !open.contains($0.key) }.values
    }
}

extension JSONValue {
    /// An id, which is a text or a number.
    fileprivate var scalar: String { stringValue ?? text }
}
