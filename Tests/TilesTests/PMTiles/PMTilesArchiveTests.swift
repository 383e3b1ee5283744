import Testing

@testable import Tiles

/// Reading PMTiles; files of another writer are read in the integration tests.
@Suite struct PMTilesArchiveTests {
    private let maps: MapFolder

    init() throws {
        maps = try MapFolder()
    }

    private func problem(_ sample: SamplePMTiles) throws -> String? {
        try maps.put(sample.bytes, as: "a.pmtiles")
        return maps.library.listing().problems.first?.detail
    }

    @Test func `every tile of the root and of the leaves is found`() throws {
        try maps.put(SamplePMTiles.whole.bytes, as: "a.pmtiles")
        for zoom in 0...3 {
            for x in 0..<(1 << zoom) {
                for y in 0..<(1 << zoom) {
                    let number = try #require(TileAddress(zoom: zoom, x: x, y: y)).number
                    #expect(
                        try maps.tile("a", zoom, x, y) == SamplePMTiles.content(number))
                }
            }
        }
        #expect(try maps.tile("a", 4, 0, 0) == nil)
    }

    @Test func `a map is described by its header and its metadata`() throws {
        try maps.put(SamplePMTiles.whole.bytes, as: "a.pmtiles")
        let listing = maps.library.listing()
        #expect(listing.problems.isEmpty)
        let map = try #require(listing.maps.first)
        #expect(map.name == "a" && map.description.title == "Sample")
        #expect(map.description.format == .png && map.description.zooms == 0...3)
        #expect(map.description.bounds == MapBounds(checking: [-180, -85, 180, 85]))
        #expect(
            map.description.center == MapCenter(longitude: 4.3571, latitude: 52.0116, zoom: 2))
        #expect(map.description.attribution == "© People")
    }

    @Test func `a run of tiles is the same tile, and ends`() throws {
        let sample = SamplePMTiles(
            root: [.init(number: 1, offset: 0, length: 3, run: 3)], tiles: Array("sea".utf8))
        try maps.put(sample.bytes, as: "a.pmtiles")
        #expect(try maps.tile("a", 0, 0, 0) == nil)
        #expect(try maps.tile("a", 1, 0, 0) == Array("sea".utf8))
        #expect(try maps.tile("a", 1, 1, 1) == Array("sea".utf8))
        #expect(try maps.tile("a", 1, 1, 0) == nil)
    }

    @Test func `a leaf that leads to itself ends as a problem`() throws {
        var sample = SamplePMTiles(
            root: [.init(number: 0, offset: 0, length: 5, run: 0)], tiles: [1])
        sample.leaves = [[.init(number: 0, offset: 0, length: 5, run: 0)]]
        try maps.put(sample.bytes, as: "a.pmtiles")
        #expect(throws: TileProblem("its directories are nested too deep")) {
            try maps.tile("a", 0, 0, 0)
        }
    }

    @Test func `a directory may not lead out of the file or to more than a tile has`() throws {
        for (offset, length) in [(1000, 5), (.max - 2, 1), (0, 4_000_000_000)] as [(UInt64, UInt64)]
        {
            let sample = SamplePMTiles(
                root: [.init(number: 0, offset: offset, length: length)], tiles: [1])
            try maps.put(sample.bytes, as: "a.pmtiles")
            #expect(throws: TileProblem.self) { try maps.tile("a", 0, 0, 0) }
        }
    }

    @Test func `what cannot be served is a problem that says why`() throws {
        var sample = SamplePMTiles.whole
        sample.tileCompression = 3
        #expect(try problem(sample)?.contains("brotli") == true)
        sample = .whole
        sample.innerCompression = 4
        #expect(try problem(sample)?.contains("zstd") == true)
        sample = .whole
        sample.innerCompression = 2
        #expect(try problem(sample) == "a directory cannot be inflated")
        sample = .whole
        sample.type = 0
        #expect(try problem(sample) == "has tiles of the unknown type 0")
        sample = .whole
        sample.zooms = (3, 2)
        #expect(try problem(sample) == "has the zoom levels 3 to 2")
        sample = .whole
        sample.metadata = "[]"
        #expect(try problem(sample) == "its metadata is not a JSON object")
        sample = .whole
        sample.root.swapAt(3, 4)
        #expect(try problem(sample) == "a directory has an impossible entry")
        var old = SamplePMTiles.whole.bytes
        old[7] = 2
        try maps.put(old, as: "a.pmtiles")
        #expect(maps.library.listing().problems.first?.detail.contains("version 2") == true)
    }

    @Test func `the bounds of a directory hold`() throws {
        var limits = TileLimits()
        limits.directoryEntries = 10
        let maps = try MapFolder(limits: limits)
        try maps.put(SamplePMTiles.whole.bytes, as: "a.pmtiles")
        #expect(
            maps.library.listing().problems.map(\.detail)
                == ["a directory has more entries than it has room for"])
        limits = TileLimits()
        limits.storedBytes = 20
        let narrow = try MapFolder(limits: limits)
        try narrow.put(SamplePMTiles.whole.bytes, as: "a.pmtiles")
        #expect(narrow.library.listing().problems.first?.detail.contains("over 20") == true)
    }

    @Test func `leaves that are dropped are read again`() throws {
        var limits = TileLimits()
        limits.keptEntries = 1
        let maps = try MapFolder(limits: limits)
        try maps.put(SamplePMTiles.whole.bytes, as: "a.pmtiles")
        #expect(maps.exercise("a") == 85)
    }

    @Test func `no damaged byte and no cut ends the program`() throws {
        let whole = SamplePMTiles.whole.bytes
        let content = Int(SamplePMTiles.whole.tiles.count)
        for place in 0..<(whole.count - content) {
            for change in [0xFF, 0x80, 0x01] as [UInt8] {
                var damaged = whole
                damaged[place] ^= change
                try maps.put(damaged, as: "a.pmtiles")
                _ = maps.exercise("a")
            }
        }
        for count in stride(from: 0, to: whole.count, by: 3) {
            try maps.put(Array(whole.prefix(count)), as: "a.pmtiles")
            #expect(maps.exercise("a") < 85)
        }
        try maps.put(whole, as: "a.pmtiles")
        #expect(maps.exercise("a") == 85)
    }
}
