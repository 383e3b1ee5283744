/// The first 127 bytes of a PMTiles file, version 3.
/// <https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md#3-header>
struct PMTilesHeader: Equatable {
    struct Section: Equatable {
        let offset: UInt64
        let length: UInt64
    }

    static let bytes = 127

    let root: Section
    let metadata: Section
    let leaves: Section
    let tiles: Section
    /// Whether directories and metadata are gzip; otherwise they are as they are.
    let isGzipped: Bool
    let format: TileFormat
    let zooms: ClosedRange<Int>
    let bounds: MapBounds?
    let center: MapCenter?

    init(_ bytes: [UInt8]) throws(TileProblem) {
        guard bytes.count >= Self.bytes, bytes.starts(with: "PMTiles".utf8) else {
            throw TileProblem("is not a PMTiles file")
        }
        guard bytes[7] == 3 else {
            throw TileProblem("is PMTiles of version \(bytes[7]); version 3 can be read")
        }
        func number(_ place: Int) -> UInt64 {
            bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        func section(_ place: Int) -> Section {
            Section(offset: number(place), length: number(place + 8))
        }
        func degrees(_ place: Int) -> Double {
            let bits = bytes[place..<place + 4].reversed().reduce(UInt32(0)) {
                $0 << 8 | UInt32($1)
            }
            return Double(Int32(bitPattern: bits)) / 10_000_000
        }
        root = section(8)
        metadata = section(24)
        leaves = section(40)
        tiles = section(56)
        isGzipped = try Self.isGzipped(bytes[97])
        try Self.checkTiles(compression: bytes[98])
        format = try Self.format(bytes[99])
        let (first, last) = (Int(bytes[100]), Int(bytes[101]))
        guard first <= last, TileLimits.zooms.contains(last) else {
            throw TileProblem("has the zoom levels \(first) to \(last)")
        }
        zooms = first...last
        bounds = MapBounds(checking: [degrees(102), degrees(106), degrees(110), degrees(114)])
        let center = MapCenter(
            longitude: degrees(119), latitude: degrees(123), zoom: Int(bytes[118]))
        // Writers that know no centre leave zeros.
        self.center = bytes[118...].prefix(9).allSatisfy { $0 == 0 } ? nil : center
    }

    private static func isGzipped(_ compression: UInt8) throws(TileProblem) -> Bool {
        switch compression {
        case 1: false
        case 2: true
        default:
            throw TileProblem(
                "has directories that are compressed as \(name(compression)); none and gzip can be "
                    + "read")
        }
    }

    /// Browsers take gzip over plain HTTP, and no more.
    private static func checkTiles(compression: UInt8) throws(TileProblem) {
        guard compression <= 2 else {
            throw TileProblem(
                "has tiles that are compressed as \(name(compression)); none and gzip can be served"
            )
        }
    }

    private static func name(_ compression: UInt8) -> String {
        switch compression {
        case 0: "something unknown"
        case 3: "brotli"
        case 4: "zstd"
        default: "number \(compression)"
        }
    }

    private static func format(_ type: UInt8) throws(TileProblem) -> TileFormat {
        switch type {
        case 1: .mvt
        case 2: .png
        case 3: .jpg
        case 4: .webp
        case 5: .avif
        default: throw TileProblem("has tiles of the unknown type \(type)")
        }
    }
}
