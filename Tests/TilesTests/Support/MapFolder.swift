import Engine
import Foundation
import Store
import TestSupport

@testable import Tiles

/// A folder with map files, and the library that reads it.
struct MapFolder {
    let folder: TemporaryFolder
    let library: TileLibrary

    init(limits: TileLimits = TileLimits()) throws {
        folder = try TemporaryFolder()
        library = TileLibrary(folder: folder.path, limits: limits)
    }

    func put(_ bytes: [UInt8], as name: String) throws {
        try Data(bytes).write(to: URL(filePath: "\(folder.path)/\(name)"), options: .atomic)
    }

    /// Makes a database out of statements.
    func putDatabase(_ script: String, as name: String) throws {
        let connection = try SQLiteConnection(path: "\(folder.path)/\(name)")
        try connection.execute(script)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
    }

    func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")))
    }

    /// The bytes of a tile; nil when there is none.
    func tile(_ map: String, _ zoom: Int, _ x: Int, _ y: Int) throws -> [UInt8]? {
        guard let address = TileAddress(zoom: zoom, x: x, y: y),
            case .tile(let tile, _) = try library.find(address, of: map)
        else { return nil }
        return tile.bytes
    }

    /// Lists the folder and asks for every tile of the sample, whatever comes of it; how many
    /// there were.
    func exercise(_ map: String) -> Int {
        _ = library.listing()
        var found = 0
        for zoom in 0...3 {
            for x in 0..<(1 << zoom) {
                found += (0..<(1 << zoom)).count { y in
                    ((try? tile(map, zoom, x, y)) ?? nil) != nil
                }
            }
        }
        return found
    }

    static let database = """
        CREATE TABLE metadata (name text, value text);
        CREATE TABLE tiles (
            zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
        CREATE UNIQUE INDEX place ON tiles (zoom_level, tile_column, tile_row);
        INSERT INTO metadata VALUES ('name', 'Sample'), ('format', 'png'),
            ('bounds', '4.2,51.9,4.5,52.1'), ('center', '4.3571,52.0116,2'),
            ('attribution', '<b>&copy; People</b>');
        INSERT INTO tiles VALUES (1, 0, 1, 'north'), (1, 0, 0, 'south'), (2, 3, 0, 'deep');
        """
}
