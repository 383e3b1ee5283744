import JSON

/// A setting's value as written, and where it was written.
struct SettingText: Equatable, Sendable {
    enum Origin: Equatable, Sendable {
        /// The name with its dashes.
        case option(String)
        case environment(String)
        case file(path: String, place: TextPlace)
        case builtIn
    }

    let text: String
    let origin: Origin
}

extension SettingText.Origin: CustomStringConvertible {
    var description: String {
        switch self {
        case .option(let name): name
        case .environment(let name): name
        case .file(let path, let place): "\(path):\(place.line):\(place.column)"
        case .builtIn: "default"
        }
    }
}
