import Foundation
import JSON
import TestSupport

/// Map files that Python makes: PMTiles by the library of its authors, MBTiles by its sqlite3.
enum MapFiles {
    /// A tile as Python wrote it.
    struct Tile {
        let path: String
        let bytes: [UInt8]
    }

    /// Fills a folder and gives back what the files must be found to have.
    static func make(in folder: TemporaryFolder) async throws -> [Tile] {
        let process = try PythonTools.start(program.replacing("FOLDER", with: folder.path))
        _ = try await process.waitForLine(containing: "done")
        let tiles = try JSONReader.read(Array(folder.text(of: "tiles.json").utf8)).objectValue
        return (tiles?.members ?? []).compactMap { tile in
            let data = tile.value.stringValue.flatMap { Data(base64Encoded: $0) }
            return data.map { Tile(path: tile.key, bytes: Array($0)) }
        }
    }

    private static let program = #"""
        import base64, gzip, json, random, sqlite3, struct, zlib
        from pmtiles.tile import zxy_to_tileid, TileType, Compression
        from pmtiles.writer import Writer

        random.seed(1)
        expected = {}

        def keep(map, z, x, y, data):
            expected[f"{map}/{z}/{x}/{y}"] = base64.b64encode(data).decode()

        def header(kind, compression):
            return {"tile_type": kind, "tile_compression": compression,
                "min_lon_e7": 41000000, "min_lat_e7": 519000000,
                "max_lon_e7": 45000000, "max_lat_e7": 521000000,
                "center_zoom": 6, "center_lon_e7": 43571000, "center_lat_e7": 520116000}

        def picture(size, fill):
            row = b"\0" + bytes([fill]) * size
            chunk = lambda kind, data: (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
            return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 0,
                0, 0, 0)) + chunk(b"IDAT", zlib.compress(row * size)) + chunk(b"IEND", b""))

        # Leaves, runs and no order: 10,000 vector tiles of zooms 0 to 8, a third of them sea.
        with open("FOLDER/delft vectors.pmtiles", "wb") as file:
            writer = Writer(file)
            sea = gzip.compress(b"\x1a\x03sea", mtime=0)
            places = [(z, x, y) for z in range(9) for x in range(2 ** z) for y in range(2 ** z)]
            for z, x, y in random.sample(places, 10000):
                data = sea if random.random() < 0.33 else gzip.compress(
                    b"\x1a" + random.randbytes(random.randrange(40)), mtime=0)
                writer.write_tile(zxy_to_tileid(z, x, y), data)
                if random.random() < 0.05: keep("delft%20vectors", z, x, y, data)
            writer.finalize(header(TileType.MVT, Compression.GZIP),
                {"name": "Delft", "attribution": "<a href='x'>&copy; OpenStreetMap</a>"})

        # In order and small.
        with open("FOLDER/pictures.pmtiles", "wb") as file:
            writer = Writer(file)
            for z, x, y in [(0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0)]:
                data = picture(512, 0 if z else 9)
                writer.write_tile(zxy_to_tileid(z, x, y), data)
                keep("pictures", z, x, y, data)
            writer.finalize(header(TileType.PNG, Compression.NONE), {})

        base = sqlite3.connect("FOLDER/pixels.mbtiles")
        base.execute("CREATE TABLE metadata (name text, value text)")
        base.execute("CREATE TABLE tiles (zoom_level integer, tile_column integer, "
            "tile_row integer, tile_data blob)")
        base.executemany("INSERT INTO metadata VALUES (?, ?)", [("name", "Pixels"),
            ("format", "png"), ("minzoom", "0"), ("maxzoom", "3"), ("attribution", "Me"),
            ("bounds", "4.1,51.9,4.5,52.1")])
        for z in range(4):
            for x in range(2 ** z):
                for y in range(2 ** z):
                    data = picture(256, z * 64 + x * 8 + y)
                    base.execute("INSERT INTO tiles VALUES (?, ?, ?, ?)",
                        (z, x, 2 ** z - 1 - y, data))
                    keep("pixels", z, x, y, data)
        base.commit()
        base.close()

        with open("FOLDER/cut.pmtiles", "wb") as file:
            file.write(open("FOLDER/delft vectors.pmtiles", "rb").read(200))
        with open("FOLDER/tiles.json", "w") as file: json.dump(expected, file)
        print("done")
        """#
}
