import Tiles
import Transport

/// What a route lets somebody have that the core itself never sees.
enum WantedContent: Sendable, Equatable {
    /// A file of the web app, packed for whoever can unpack it.
    case file(String, packs: Bool)
    /// The maps that there are.
    case maps
    case tile(TileAddress, map: String)
    /// The recordings that there are.
    case recordings
    case scene(SceneWish)

    /// As a recording has it, and as it comes back to whoever makes it.
    var words: [String] {
        switch self {
        case .file(let name, let packs): ["file", name, packs ? "gzip" : "plain"]
        case .maps: ["maps"]
        case .recordings: ["recordings"]
        case .scene(let wish): ["scene"] + wish.words
        case .tile(let address, let map):
            ["tile", map, String(address.zoom), String(address.x), String(address.y)]
        }
    }

    init?(words: [String]) {
        switch words.first {
        case "file":
            guard words.count == 3, ["gzip", "plain"].contains(words[2]) else { return nil }
            self = .file(words[1], packs: words[2] == "gzip")
        case "maps": self = .maps
        case "recordings": self = .recordings
        case "scene":
            guard let wish = SceneWish(words: words.dropFirst()) else { return nil }
            self = .scene(wish)
        case "tile":
            let numbers = words.dropFirst(2).compactMap { Int($0) }
            guard words.count == 5, numbers.count == 3,
                let address = TileAddress(zoom: numbers[0], x: numbers[1], y: numbers[2])
            else { return nil }
            self = .tile(address, map: words[1])
        default: return nil
        }
    }

    var pace: ContentPlan.Pace {
        switch self {
        case .file, .maps, .tile, .recordings: .quick
        case .scene: .slow
        }
    }
}
