import Testing

@testable import Tiles

/// Files that come, go and are replaced.
@Suite struct TileLibraryTests {
    private let maps: MapFolder
    private let place: TileAddress

    init() throws {
        maps = try MapFolder()
        place = try #require(TileAddress(zoom: 0, x: 0, y: 0))
    }

    private func sample(_ text: String) -> [UInt8] {
        SamplePMTiles(
            root: [.init(number: 0, offset: 0, length: UInt64(text.utf8.count))],
            tiles: Array(text.utf8)
        ).bytes
    }

    @Test func `a folder that is not there has no maps and no problem`() {
        let listing = TileLibrary(folder: "/nonexistent/maps").listing()
        #expect(listing.maps.isEmpty && listing.problems.isEmpty)
    }

    @Test func `a file is there once it is put there, listed or not, and gone when it goes`() throws
    {
        #expect(try maps.library.find(place, of: "a") == .noSuchMap)
        try maps.put(sample("one"), as: "a.pmtiles")
        #expect(try maps.tile("a", 0, 0, 0) == Array("one".utf8))
        try maps.remove("a.pmtiles")
        #expect(try maps.library.find(place, of: "a") == .noSuchMap)
        #expect(maps.library.listing().maps.isEmpty)
    }

    @Test func `a replaced file is opened again, and its tiles have other tags`() throws {
        try maps.put(sample("one"), as: "a.pmtiles")
        guard case .tile(_, let tag) = try maps.library.find(place, of: "a") else {
            Issue.record("no tile")
            return
        }
        #expect(try maps.library.find(place, of: "a") { $0 == tag } == .known(tag: tag))
        try maps.put(sample("two"), as: "a.pmtiles")
        #expect(try maps.library.find(place, of: "a") { $0 == tag } != .known(tag: tag))
        #expect(try maps.tile("a", 0, 0, 0) == Array("two".utf8))
    }

    @Test func `other files, hidden ones and folders are not maps`() throws {
        try maps.put(sample("one"), as: ".a.pmtiles")
        try maps.put(sample("one"), as: "a.txt")
        try maps.put(sample("one"), as: "a.pmtiles.part")
        #expect(maps.library.listing() == TileLibrary.Listing(maps: [], problems: []))
    }

    @Test func `two files of one name are told apart, and so is one beyond the bound`() throws {
        var limits = TileLimits()
        limits.files = 2
        let maps = try MapFolder(limits: limits)
        try maps.putDatabase(MapFolder.database, as: "a.mbtiles")
        try maps.put(sample("one"), as: "a.pmtiles")
        try maps.put(sample("one"), as: "b.pmtiles")
        let listing = maps.library.listing()
        #expect(listing.maps.map(\.name) == ["a"])
        #expect(listing.problems.map(\.file) == ["b.pmtiles", "a.pmtiles"])
    }

    @Test(arguments: ["../a", "a/../a", "", ".", "..", "a\0b", "/etc/passwd"])
    func `no name leads out of the folder`(name: String) throws {
        try maps.put(sample("one"), as: "a.pmtiles")
        #expect(try maps.library.find(place, of: name) == .noSuchMap)
    }
}
