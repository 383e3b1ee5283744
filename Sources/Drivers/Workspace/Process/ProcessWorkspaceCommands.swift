import JSON

/// The commands that workspaces may run: nobody can name another program over the network.
package struct ProcessWorkspaceCommands: Sendable, Equatable {
    private let settings: [String: ProcessWorkspaceSettings]

    /// None at all.
    package init() {
        settings = [:]
    }

    /// In alphabetical order.
    package var names: [String] { settings.keys.sorted() }

    package subscript(_ name: String) -> ProcessWorkspaceSettings? { settings[name] }
}

/// Bounds of the file of commands: what is beyond them was written by mistake.
package struct ProcessWorkspaceCommandLimits: Sendable {
    /// A station offers some ten kinds of workspace.
    package var commands = 256
    /// A name is shown in lists.
    package var nameBytes = 64
    /// Those of the programs that the commands become.
    package var process = ProcessLimits()

    package init() {}
}

extension ProcessWorkspaceCommands {
    /// Reads the commands from a JSON text; comments are allowed, unknown keys are not.
    ///
    ///     {"commands": {"desktop": {"executable": "/usr/bin/Xvnc", "arguments": ["-rfbport",
    ///     "{port}"], "port": "picked", "startSeconds": 10}}}
    ///
    /// - Throws: what is wrong with it, where, and what there could be.
    package static func read(
        _ bytes: [UInt8], limits: ProcessWorkspaceCommandLimits = ProcessWorkspaceCommandLimits()
    ) throws(PlacedError) -> ProcessWorkspaceCommands {
        let tree: JSON5Node
        do throws(JSON5Problem) {
            tree = try JSON5Reader.read(bytes)
        } catch {
            throw PlacedError(error.place, error.message)
        }
        let fields = try PlacedFields(tree, "the file of commands", known: ["commands"])
        guard fields.node("commands") != nil else {
            throw PlacedError(fields.place, "there are no 'commands'")
        }
        var settings: [String: ProcessWorkspaceSettings] = [:]
        for (name, place, node) in try fields.members("commands") {
            guard settings.count < limits.commands else {
                throw PlacedError(place, "more than \(limits.commands) commands")
            }
            guard !name.isEmpty, name.utf8.count <= limits.nameBytes else {
                throw PlacedError(
                    place, "a command's name has 1 to \(limits.nameBytes) bytes")
            }
            guard settings[name] == nil else {
                throw PlacedError(place, "there is another command '\(name)'")
            }
            settings[name] = try ProcessWorkspaceSettings(name, node, limits.process)
        }
        return ProcessWorkspaceCommands(settings: settings)
    }

    private init(settings: [String: ProcessWorkspaceSettings]) {
        self.settings = settings
    }
}

extension ProcessWorkspaceSettings {
    fileprivate init(
        _ name: String, _ node: JSON5Node, _ limits: ProcessLimits
    ) throws(PlacedError) {
        let fields = try PlacedFields(
            node, "a command",
            known: [
                "executable", "arguments", "environment", "workingDirectory", "port",
                "startSeconds", "stopSeconds", "logBytes",
            ])
        guard let executable = try Self.path("executable", fields) else {
            throw PlacedError(fields.place, "a command needs an 'executable'")
        }
        self.init(name: name, executable: executable)
        workingDirectory = try Self.path("workingDirectory", fields)
        port = try Self.port(fields)
        startTimeout =
            try fields.seconds("startSeconds", most: limits.startTimeout) ?? startTimeout
        stopGrace = try fields.seconds("stopSeconds", most: limits.stopGrace) ?? stopGrace
        let sizes = Int64(limits.logBytes.lowerBound)...Int64(limits.logBytes.upperBound)
        logBytes = try fields.whole("logBytes", in: sizes).map { Int($0) } ?? logBytes
        for node in try fields.list("arguments") {
            guard arguments.count < limits.arguments else {
                throw PlacedError(node.place, "more than \(limits.arguments) arguments")
            }
            arguments.append(try text(node, "an argument", limits))
        }
        for (name, place, node) in try fields.members("environment") {
            guard environment.count < limits.variables else {
                throw PlacedError(place, "more than \(limits.variables) variables")
            }
            guard !name.isEmpty, !name.contains("="), !name.utf8.contains(0),
                !ProcessCookie.owns(name), name.utf8.count <= limits.textBytes
            else { throw PlacedError(place, "'\(name)' cannot be the name of a variable") }
            environment[name] = try text(node, "a variable", limits)
        }
    }

    /// - Parameter what: how messages name the text.
    private func text(
        _ node: JSON5Node, _ what: String, _ limits: ProcessLimits
    ) throws(PlacedError) -> WorkspaceText {
        guard case .string(let text) = node.content, !text.utf8.contains(0) else {
            throw PlacedError(node.place, "\(what) must be a text without zero bytes")
        }
        guard text.utf8.count <= limits.textBytes else {
            throw PlacedError(node.place, "\(what) has more than \(limits.textBytes) bytes")
        }
        let read: WorkspaceText
        do throws(WorkspaceText.Problem) {
            read = try WorkspaceText(text)
        } catch {
            throw PlacedError(node.place, "\(what) \(error.message)")
        }
        if read.hasPort && port == .none {
            throw PlacedError(
                node.place, "\(what) has '{port}', and the command's 'port' is \"none\"")
        }
        return read
    }

    private static func path(
        _ key: String, _ fields: PlacedFields
    ) throws(PlacedError) -> String? {
        guard let path = try fields.text(key) else { return nil }
        guard path.hasPrefix("/"), !path.utf8.contains(0) else {
            throw PlacedError(
                fields.node(key)?.place ?? fields.place, "'\(key)' must be an absolute path")
        }
        return path
    }

    private static func port(_ fields: PlacedFields) throws(PlacedError) -> Port {
        switch fields.node("port")?.content {
        case nil, .string("none")?: return .none
        case .string("picked")?: return .picked
        case .number(let text)?:
            if let port = UInt16(text), port > 0 { return .fixed(port) }
        default: break
        }
        throw PlacedError(
            fields.node("port")?.place ?? fields.place,
            "'port' must be \"none\", \"picked\" or a number from 1 to 65535")
    }
}
