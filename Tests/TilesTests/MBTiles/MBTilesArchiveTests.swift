import Testing

@testable import Tiles

@Suite struct MBTilesArchiveTests {
    private let maps: MapFolder

    init() throws {
        maps = try MapFolder()
    }

    private func problem(_ script: String) throws -> String? {
        try? maps.remove("a.mbtiles")
        try maps.putDatabase(script, as: "a.mbtiles")
        return maps.library.listing().problems.first?.detail
    }

    @Test func `tiles are found by rows from the north`() throws {
        try maps.putDatabase(MapFolder.database, as: "a.mbtiles")
        #expect(try maps.tile("a", 1, 0, 0) == Array("north".utf8))
        #expect(try maps.tile("a", 1, 0, 1) == Array("south".utf8))
        #expect(try maps.tile("a", 2, 3, 3) == Array("deep".utf8))
        #expect(try maps.tile("a", 1, 1, 0) == nil)
    }

    @Test func `a map is described by its metadata, and its zooms by its tiles`() throws {
        try maps.putDatabase(MapFolder.database, as: "a b?#%.mbtiles")
        let map = try #require(maps.library.listing().maps.first)
        #expect(map.name == "a b?#%" && map.description.title == "Sample")
        #expect(map.description.format == .png && map.description.zooms == 1...2)
        #expect(map.description.bounds == MapBounds(checking: [4.2, 51.9, 4.5, 52.1]))
        #expect(
            map.description.center == MapCenter(longitude: 4.3571, latitude: 52.0116, zoom: 2))
        #expect(map.description.attribution == "© People")
    }

    @Test func `tiles may come out of a view`() throws {
        try maps.putDatabase(
            """
            CREATE TABLE metadata (name, value);
            INSERT INTO metadata VALUES ('format', 'pbf'), ('minzoom', '0'), ('maxzoom', 4);
            CREATE TABLE map (zoom_level, tile_column, tile_row, tile_id);
            CREATE TABLE images (tile_id, tile_data);
            INSERT INTO map VALUES (0, 0, 0, 'x'); INSERT INTO images VALUES ('x', x'1a00');
            CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data
                FROM map JOIN images USING (tile_id);
            """, as: "a.mbtiles")
        let map = try #require(maps.library.listing().maps.first)
        #expect(map.description.format == .mvt && map.description.zooms == 0...4)
        #expect(try maps.tile("a", 0, 0, 0) == [0x1A, 0])
    }

    @Test func `what cannot be served is a problem that says why`() throws {
        #expect(try problem("CREATE TABLE a (b)")?.contains("no such table: metadata") == true)
        #expect(
            try problem(
                "CREATE TABLE metadata (name, value); CREATE TABLE tiles (tile_data);")
                == "holds no tile")
        let unknown = MapFolder.database.replacing("'png'", with: "'tiff'")
        #expect(try problem(unknown) == "has tiles of the format tiff")
        let deep = MapFolder.database.replacing("(2, 3, 0", with: "(77, 3, 0")
        #expect(try problem(deep) == "has no usable zoom levels")
        try maps.put(Array("not a database".utf8), as: "a.mbtiles")
        #expect(maps.library.listing().problems.first?.detail.contains("not a database") == true)
    }

    @Test func `a view without an end is ended, and a value without a bound refused`() throws {
        let limits = {
            var limits = TileLimits()
            limits.statementSteps = 100_000
            limits.tileBytes = 1000
            return limits
        }()
        let maps = try MapFolder(limits: limits)
        try maps.putDatabase(
            """
            CREATE TABLE metadata (name, value);
            CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                SELECT i AS zoom_level, i AS tile_column, i AS tile_row, i AS tile_data FROM n
                WHERE i < 0;
            """, as: "endless.mbtiles")
        try maps.putDatabase(
            MapFolder.database + "UPDATE tiles SET tile_data = zeroblob(2000);",
            as: "large.mbtiles")
        let problems = maps.library.listing().problems
        #expect(problems.map(\.file) == ["endless.mbtiles", "large.mbtiles"])
        #expect(problems.first?.detail == "has no usable tiles: interrupted")
        #expect(problems.last?.detail.contains("too big") == true)
    }

    @Test func `no damaged byte and no cut ends the program`() throws {
        try maps.putDatabase(MapFolder.database, as: "a.mbtiles")
        let whole = try maps.bytes(of: "a.mbtiles")
        // Most of a small database is empty pages; what is not is damaged byte by byte.
        let places = whole.indices.filter { $0 < 120 || whole[$0] != 0 }
        for place in places.filter({ $0 % 3 == 0 || $0 < 120 }) {
            var damaged = whole
            damaged[place] ^= 0xFF
            try maps.put(damaged, as: "a.mbtiles")
            _ = maps.exercise("a")
        }
        for count in stride(from: 0, to: whole.count, by: 512) {
            try maps.put(Array(whole.prefix(count)), as: "a.mbtiles")
            _ = maps.exercise("a")
        }
        try maps.put(whole, as: "a.mbtiles")
        #expect(maps.exercise("a") == 3)
    }
}
