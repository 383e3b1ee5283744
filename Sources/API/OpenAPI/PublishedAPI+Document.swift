/// What the documents call the APIs, and where they are.
extension PublishedAPI {
    /// Its document's addresses, by name and by the number of its specification.
    var documentPaths: [String] {
        [rawValue, number].compactMap(\.self).map { "/openapi/\($0).json" }
    }

    private var number: String? {
        switch self {
        case .pairing: "000"
        case .leases: "001"
        case .controller: "002"
        case .gameNight: "003"
        case .workspaces: "004"
        case .own: nil
        }
    }

    var title: String {
        switch self {
        case .pairing: "Pairing and rotors"
        case .leases: "Device leases"
        case .controller: "Devices and locations"
        case .gameNight: "Game nights"
        case .workspaces: "Workspaces"
        case .own: "The station itself"
        }
    }
}
