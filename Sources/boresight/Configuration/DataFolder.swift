/// Where state is kept when nobody says where.
enum DataFolder {
    /// The folder that systemd made for the service, else the user's (XDG Base Directory); nil when
    /// the environment names neither.
    static func path(in environment: [String: String]) -> String? {
        // StateDirectory= may name several, with colons between; the first is ours.
        if let state = environment["STATE_DIRECTORY"]?.split(separator: ":").first {
            return String(state)
        }
        // A relative XDG path must be ignored, says the specification.
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            return data + "/boresight"
        }
        guard let home = environment["HOME"], !home.isEmpty else { return nil }
        return home + "/.local/share/boresight"
    }
}
