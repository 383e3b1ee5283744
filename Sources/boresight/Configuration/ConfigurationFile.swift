import JSON

/// A configuration file: JSON5, every key known, every value of its key's type.
struct ConfigurationFile {
    private let path: String
    private var texts: [String: [SettingText]] = [:]

    private init(path: String) {
        self.path = path
    }

    /// The texts of the file's settings by key.
    static func read(
        _ bytes: [UInt8], path: String
    ) throws(CommandFailure) -> [String: [SettingText]] {
        var file = ConfigurationFile(path: path)
        let root: JSON5Node
        do {
            root = try JSON5Reader.read(bytes)
        } catch {
            throw file.failure(error.place, error.message)
        }
        guard case .object(let members) = root.content else {
            throw file.failure(root.place, "the file must hold an object, not \(root.kind)")
        }
        try file.take(members, prefix: "")
        return file.texts
    }

    private mutating func take(
        _ members: [JSON5Node.Member], prefix: String
    ) throws(CommandFailure) {
        for member in members {
            let key = prefix + member.name
            if let setting = Settings.all.first(where: { $0.key == key }) {
                try take(member.value, for: setting)
            } else if Settings.all.contains(where: { $0.key.hasPrefix(key + ".") }) {
                guard case .object(let members) = member.value.content else {
                    throw failure(
                        member.value.place, "\(key) must be an object, not \(member.value.kind)")
                }
                try take(members, prefix: key + ".")
            } else {
                throw unknown(key, prefix: prefix, at: member.place)
            }
        }
    }

    private mutating func take(
        _ node: JSON5Node, for setting: SettingDeclaration
    ) throws(CommandFailure) {
        let nodes: [JSON5Node]
        switch (setting.shape, node.content) {
        case (.list, .array(let elements)): nodes = elements
        case (.list, _): throw wrongType(setting.key, "a list of texts", node)
        case (_, _): nodes = [node]
        }
        var values: [SettingText] = []
        for node in nodes {
            let text = try text(of: node, for: setting)
            do {
                try setting.check(text)
            } catch {
                throw failure(node.place, "\(setting.key) '\(text)' \(error.message)")
            }
            values.append(
                SettingText(text: text, origin: .file(path: path, place: node.place)))
        }
        texts[setting.key] = values
    }

    private func text(
        of node: JSON5Node, for setting: SettingDeclaration
    ) throws(CommandFailure) -> String {
        switch (setting.shape, node.content) {
        case (.number, .number(let text)): return text
        case (.number, _): throw wrongType(setting.key, "a number", node)
        case (.path, .string(let text)):
            guard !text.isEmpty, !text.hasPrefix("/"), let slash = path.lastIndex(of: "/") else {
                return text
            }
            return path[...slash] + text
        case (.text, .string(let text)): return text
        case (.list, .string(let text)): return text
        case (.list, _): throw wrongType(setting.key, "a list of texts", node)
        case (.text, _), (.path, _): throw wrongType(setting.key, "a text", node)
        }
    }

    private func wrongType(_ key: String, _ wanted: String, _ node: JSON5Node) -> CommandFailure {
        failure(node.place, "\(key) must be \(wanted), not \(node.kind)")
    }

    private func unknown(_ key: String, prefix: String, at place: TextPlace) -> CommandFailure {
        // At one level the candidates are settings and the objects that hold some.
        let level = Settings.all.filter { $0.key.hasPrefix(prefix) }.map {
            prefix + $0.key.dropFirst(prefix.count).prefix { $0 != "." }
        }
        let meant =
            Suggestion.nearest(to: key, among: level)
            ?? Settings.all.map(\.key).first { $0.hasSuffix("." + key) || $0.hasPrefix(key + "-") }
        return failure(
            place, "there is no setting '\(key)'", hint: meant.map { "did you mean '\($0)'?" })
    }

    private func failure(
        _ place: TextPlace, _ message: String, hint: String? = nil
    ) -> CommandFailure {
        CommandFailure(
            .configuration, "\(path):\(place.line):\(place.column): \(message)", hint: hint)
    }
}
