import Engine
import Store

/// An MBTiles file, which is a database. Not for two threads.
/// <https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md>
final class MBTilesArchive: TileArchive {
    let map: MapDescription
    private let connection: SQLiteConnection

    init(path: String, limits: TileLimits) throws(TileProblem) {
        let connection = try Self.asking("cannot be opened") { () throws(SQLiteError) in
            try SQLiteConnection(
                path: path,
                access: .foreign(steps: limits.statementSteps, valueBytes: limits.tileBytes))
        }
        self.connection = connection
        let rows = try Self.asking("has no usable metadata") { () throws(SQLiteError) in
            try connection.rows(
                "SELECT name, value FROM metadata LIMIT \(limits.metadataRows)")
        }
        let metadata = Metadata(rows)
        let sample = try Self.asking("has no usable tiles") { () throws(SQLiteError) in
            try connection.rows("SELECT tile_data FROM tiles LIMIT 1")
        }
        guard let sample = sample.first?.first?.bytes else { throw TileProblem("holds no tile") }
        let format = metadata["format"].flatMap(TileFormat.init(written:)) ?? TileFormat(of: sample)
        guard let format else {
            throw TileProblem(
                "has tiles of the format \(metadata["format"] ?? "that nobody names")")
        }
        func text(_ key: String) -> String {
            MarkupFreeText.text(metadata[key] ?? "", most: limits.textCharacters)
        }
        let title = text("name")
        map = MapDescription(
            title: title.isEmpty ? nil : title, format: format,
            zooms: try Self.zooms(metadata, connection),
            bounds: MapBounds(checking: metadata.numbers("bounds")) ?? .world,
            center: Self.center(metadata.numbers("center")), attribution: text("attribution"),
            tileSize: PictureSize.side(of: sample))
    }

    func tile(at address: TileAddress) throws(TileProblem) -> [UInt8]? {
        let rows = try Self.asking("a tile cannot be read") { [connection] () throws(SQLiteError) in
            try connection.rows(
                """
                SELECT tile_data FROM tiles
                WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1
                """,
                [
                    .integer(Int64(address.zoom)), .integer(Int64(address.x)),
                    .integer(Int64(address.rowFromSouth)),
                ])
        }
        return rows.first?.first?.bytes
    }

    /// As written, else as the tiles have them.
    private static func zooms(
        _ metadata: Metadata, _ connection: SQLiteConnection
    ) throws(TileProblem) -> ClosedRange<Int> {
        if let first = metadata["minzoom"].flatMap({ Int($0) }),
            let last = metadata["maxzoom"].flatMap({ Int($0) }), first <= last,
            TileLimits.zooms.contains(first), TileLimits.zooms.contains(last)
        {
            return first...last
        }
        // Two questions, each of which SQLite answers from the end of an index.
        let ends = try asking("has no usable zoom levels") { () throws(SQLiteError) in
            try connection.rows("SELECT min(zoom_level) FROM tiles")
                + connection.rows("SELECT max(zoom_level) FROM tiles")
        }
        guard ends.count == 2, case .integer(let first)? = ends[0].first,
            case .integer(let last)? = ends[1].first, first <= last,
            let first = Int(exactly: first), let last = Int(exactly: last),
            TileLimits.zooms.contains(first), TileLimits.zooms.contains(last)
        else { throw TileProblem("has no usable zoom levels") }
        return first...last
    }

    private static func center(_ numbers: [Double]) -> MapCenter? {
        guard numbers.count == 3, let zoom = Int(exactly: numbers[2].rounded()) else { return nil }
        return MapCenter(longitude: numbers[0], latitude: numbers[1], zoom: zoom)
    }

    private static func asking<Answer>(
        _ complaint: String, _ ask: () throws(SQLiteError) -> Answer
    ) throws(TileProblem) -> Answer {
        do throws(SQLiteError) {
            return try ask()
        } catch {
            throw TileProblem("\(complaint): \(error.message)")
        }
    }

    /// The table of names and values.
    private struct Metadata {
        private var values: [String: String] = [:]

        init(_ rows: [[StoreValue]]) {
            for row in rows {
                guard row.count == 2, case .text(let name) = row[0] else { continue }
                switch row[1] {
                case .text(let text): values[name] = text
                case .integer(let number): values[name] = String(number)
                case .real(let number): values[name] = String(number)
                case .null, .blob: break
                }
            }
        }

        subscript(name: String) -> String? { values[name] }

        /// Numbers with commas between; empty when one of them is none.
        func numbers(_ name: String) -> [Double] {
            let parts = (values[name] ?? "").split(separator: ",")
            let numbers = parts.compactMap { Double(String($0.filter { $0 != " " })) }
            return numbers.count == parts.count ? numbers : []
        }
    }
}

extension StoreValue {
    /// What a column of tiles has, which some writers declare as text.
    fileprivate var bytes: [UInt8]? {
        switch self {
        case .blob(let bytes): bytes
        case .text(let text): Array(text.utf8)
        case .null, .integer, .real: nil
        }
    }
}
