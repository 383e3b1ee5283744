/// An address to accept connections on, for every API or for one that stands alone at its root.
struct ListenAddress: TextValue, Equatable {
    static let placeholder = "[API=]HOST:PORT"

    /// An API that may have a port of its own; the others always share one.
    enum SeparateAPI: String, TextChoice {
        case gameNight = "game-night"
        case workspaces
    }

    /// Nil means every API under its base.
    let api: SeparateAPI?
    let address: HostPort

    init(text: String) throws(TextValueProblem) {
        guard let equals = text.firstIndex(of: "=") else {
            api = nil
            address = try HostPort(text: text)
            return
        }
        do {
            api = try SeparateAPI(text: String(text[..<equals]))
        } catch {
            throw TextValueProblem("names an API that \(error.message)")
        }
        address = try HostPort(text: String(text[text.index(after: equals)...]))
    }
}
