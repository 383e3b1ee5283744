/// A setting with the type of its value; `Settings` lists all of them.
struct Setting<Value: TextValue>: Sendable {
    let declaration: SettingDeclaration

    init(
        _ key: String, placeholder: String = Value.placeholder, shape: SettingDeclaration.Shape,
        hidden: Bool = false, default: String? = nil, _ help: String
    ) {
        declaration = SettingDeclaration(
            key: key, shape: shape, placeholder: placeholder, defaultText: `default`,
            isHidden: hidden, help: help
        ) { text throws(TextValueProblem) in
            _ = try Value(text: text)
        }
    }
}

/// What the layers of configuration know of a setting.
struct SettingDeclaration: Sendable {
    /// How the configuration file writes the value.
    enum Shape: Sendable {
        case text
        case number
        /// A list of texts; in the environment they stand apart by commas, as flags they repeat.
        case list
        /// A text that names a file; in a configuration file it starts from that file's folder.
        case path
    }

    /// The path through the configuration file, such as `tls.certificate`.
    let key: String
    let shape: Shape
    let placeholder: String
    let defaultText: String?
    let isHidden: Bool
    let help: String
    let check: @Sendable (String) throws(TextValueProblem) -> Void

    /// The option's name without dashes in front, such as `tls-certificate`.
    var optionName: String { String(key.map { $0 == "." ? "-" : $0 }) }

    /// The environment variable, such as `BORESIGHT_TLS_CERTIFICATE`.
    var environmentName: String {
        Self.environmentPrefix + key.uppercased().map { $0.isLetter ? String($0) : "_" }.joined()
    }

    static let environmentPrefix = "BORESIGHT_"

    /// The same setting as an option of a command.
    var option: OptionDeclaration {
        OptionDeclaration(
            name: optionName, short: nil, placeholder: placeholder, isRepeatable: shape == .list,
            isHidden: isHidden, defaultText: defaultText, help: help, check: check)
    }
}
