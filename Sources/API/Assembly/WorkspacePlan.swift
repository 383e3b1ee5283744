package import Drivers
import JSON

/// What stands behind workspaces on this machine.
package struct WorkspacePlan: Sendable, Equatable {
    package enum Tunnel: Sendable, Equatable {
        case none
        case wireGuard(interface: String)
    }

    /// The programs that workspaces may run.
    package var commands = ProcessWorkspaceCommands()
    /// Nil where nothing is said of tunnels.
    package var tunnel: Tunnel?
    /// Where the output of programs and what is written down of streams go; nil for nowhere.
    package var folder: String?
    /// Whether people may make themselves users.
    package var isRegistrationOpen = true

    package init() {}
}

/// As a recording keeps it: without what is handed to programs in their environment.
extension WorkspacePlan {
    var json: JSONObject {
        var json = JSONObject()
        if !commands.names.isEmpty { json["commands"] = .object(commands.json) }
        switch tunnel {
        case nil: break
        case .none?: json["tunnel"] = .string("none")
        case .wireGuard(let interface)?: json["wireguard"] = .string(interface)
        }
        json["folder"] = folder.map(JSONValue.string)
        if !isRegistrationOpen { json["registration"] = .string("closed") }
        return json
    }

    init(_ json: JSONObject) throws(JSONFieldError) {
        if let commands = json["commands"] {
            let file: JSONObject = ["commands": commands]
            guard let read = try? ProcessWorkspaceCommands.read(JSONValue.object(file).bytes())
            else { throw JSONFieldError(key: "commands", expected: "commands of workspaces") }
            self.commands = read
        }
        if try json.optionalString("tunnel") != nil { tunnel = Tunnel.none }
        if let interface = try json.optionalString("wireguard") {
            tunnel = .wireGuard(interface: interface)
        }
        folder = try json.optionalString("folder")
        isRegistrationOpen = try json.optionalString("registration") != "closed"
    }
}
