/// What a tile is.
package enum TileFormat: String, Sendable, CaseIterable {
    case png
    case jpg
    case webp
    case avif
    /// Mapbox vector tiles.
    case mvt

    package var contentType: String {
        switch self {
        case .png: "image/png"
        case .jpg: "image/jpeg"
        case .webp: "image/webp"
        case .avif: "image/avif"
        case .mvt: "application/vnd.mapbox-vector-tile"
        }
    }

    /// As the metadata of MBTiles spells it; nil for what is not served.
    init?(written: String) {
        switch written.lowercased() {
        case "png", "image/png": self = .png
        case "jpg", "jpeg", "image/jpeg": self = .jpg
        case "webp", "image/webp": self = .webp
        case "avif", "image/avif": self = .avif
        case "pbf", "mvt", "application/vnd.mapbox-vector-tile": self = .mvt
        default: return nil
        }
    }

    /// What the first bytes say; nil when they are of no picture.
    init?(of bytes: [UInt8]) {
        func holds(_ text: String, at place: Int) -> Bool {
            bytes.dropFirst(place).starts(with: text.utf8)
        }
        if bytes.starts(with: [0x89]), holds("PNG", at: 1) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpg
        } else if holds("RIFF", at: 0), holds("WEBP", at: 8) {
            self = .webp
        } else if holds("ftypavif", at: 4) {
            self = .avif
        } else {
            return nil
        }
    }
}

/// A tile as it is stored.
package struct Tile: Sendable, Equatable {
    package let format: TileFormat
    package let bytes: [UInt8]
    /// Whether the bytes are gzip, which the receiver has to be told.
    package let isGzipped: Bool

    /// - Parameter format: of the map; some mix pictures of several formats.
    init(_ bytes: [UInt8], of format: TileFormat) {
        self.format = TileFormat(of: bytes) ?? format
        self.bytes = bytes
        // Files say so too, and not all of them the truth. No tile begins like this by itself.
        isGzipped = bytes.starts(with: [0x1F, 0x8B, 0x08])
    }
}
