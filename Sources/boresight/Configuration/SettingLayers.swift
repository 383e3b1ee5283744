/// The layers of configuration: options before environment before file before defaults.
///
/// A setting comes whole from the first layer that has it; lists do not add up.
struct SettingLayers: Sendable {
    private let texts: [String: [SettingText]]

    /// `file` holds the texts of the configuration file by key.
    init(
        optionTexts: [String: [String]], environment: [String: String],
        file: [String: [SettingText]]
    ) {
        var texts: [String: [SettingText]] = [:]
        for setting in Settings.all {
            if let values = optionTexts[setting.optionName] {
                let origin = SettingText.Origin.option("--" + setting.optionName)
                texts[setting.key] = values.map { SettingText(text: $0, origin: origin) }
            } else if let value = environment[setting.environmentName] {
                let origin = SettingText.Origin.environment(setting.environmentName)
                let parts =
                    setting.shape == .list
                    ? value.split(separator: ",").map { String($0.drop { $0 == " " }) } : [value]
                texts[setting.key] = parts.map { SettingText(text: $0, origin: origin) }
            } else {
                texts[setting.key] = file[setting.key]
            }
        }
        self.texts = texts
    }

    /// Where the setting's value comes from.
    func origin(of setting: SettingDeclaration) -> SettingText.Origin {
        texts[setting.key]?.last?.origin ?? .builtIn
    }

    func list<Value>(_ setting: Setting<Value>) throws(CommandFailure) -> [Value] {
        let fallback = setting.declaration.defaultText.map {
            [SettingText(text: $0, origin: .builtIn)]
        }
        var values: [Value] = []
        for text in texts[setting.declaration.key] ?? fallback ?? [] {
            values.append(try read(setting, text))
        }
        return values
    }

    func value<Value>(_ setting: Setting<Value>) throws(CommandFailure) -> Value? {
        try value(setting, default: setting.declaration.defaultText)
    }

    /// The value, with a default that is worked out and not declared.
    func value<Value>(
        _ setting: Setting<Value>, default fallback: String?
    ) throws(CommandFailure) -> Value? {
        let fallback = fallback.map { SettingText(text: $0, origin: .builtIn) }
        guard let text = texts[setting.declaration.key]?.last ?? fallback else { return nil }
        return try read(setting, text)
    }

    /// The value of a setting that declares a default.
    func required<Value>(_ setting: Setting<Value>) throws(CommandFailure) -> Value {
        guard let value = try value(setting) else {
            throw failure(setting.declaration, "\(setting.declaration.key) is not set")
        }
        return value
    }

    private func read<Value>(
        _ setting: Setting<Value>, _ text: SettingText
    ) throws(CommandFailure) -> Value {
        do {
            return try Value(text: text.text)
        } catch {
            throw failure(
                setting.declaration, "\(setting.declaration.key) '\(text.text)' \(error.message)")
        }
    }

    /// What is wrong with a setting, said with the place where it was written.
    func failure(_ setting: SettingDeclaration, _ message: String) -> CommandFailure {
        switch origin(of: setting) {
        case .option(let name): CommandFailure(.usage, "\(name): \(message)")
        case .builtIn: CommandFailure(.configuration, message)
        case let origin: CommandFailure(.configuration, "\(origin): \(message)")
        }
    }
}
