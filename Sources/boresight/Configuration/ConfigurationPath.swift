/// Which configuration file counts.
enum ConfigurationPath {
    static let environmentName = "BORESIGHT_CONFIG"

    /// The files that are looked for, the first one that exists wins, when none is named.
    static func candidates(in environment: [String: String]) -> [String] {
        var candidates: [String] = []
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
            candidates.append(folder + "/boresight/boresight.json")
        } else if let home = environment["HOME"], !home.isEmpty {
            candidates.append(home + "/.config/boresight/boresight.json")
        }
        return candidates + ["/etc/boresight/boresight.json"]
    }
}
