import JSON

/// A PMTiles file that is read in place. Not for two threads.
final class PMTilesArchive: TileArchive {
    let map: MapDescription
    private let file: TileFile
    private let header: PMTilesHeader
    private let root: PMTilesDirectory
    private let limits: TileLimits
    /// Leaves by their offset, the last used last.
    private var leaves: [(offset: UInt64, directory: PMTilesDirectory)] = []

    init(path: String, limits: TileLimits) throws(TileProblem) {
        let file = try TileFile(path: path)
        let header = try PMTilesHeader(
            try file.read(
                "the header", from: 0, count: UInt64(PMTilesHeader.bytes),
                most: PMTilesHeader.bytes))
        root = try Self.directory(header.root, file, header, limits)
        let metadata = try Self.metadata(file, header, limits)
        self.file = file
        self.header = header
        self.limits = limits
        func text(_ key: String) -> String {
            MarkupFreeText.text(metadata[key]?.stringValue ?? "", most: limits.textCharacters)
        }
        let title = text("name")
        var map = MapDescription(
            title: title.isEmpty ? nil : title, format: header.format, zooms: header.zooms,
            bounds: header.bounds ?? .world, center: header.center,
            attribution: text("attribution"), tileSize: nil)
        // The first tile of a picture says how large they are; whether it can be read shows later.
        if header.format != .mvt, let first = root.entries.first(where: { $0.run > 0 }) {
            let tile = try? Self.tile(first, file, header, limits)
            map.tileSize = tile.flatMap(PictureSize.side)
        }
        self.map = map
    }

    func tile(at address: TileAddress) throws(TileProblem) -> [UInt8]? {
        guard header.zooms.contains(address.zoom) else { return nil }
        let number = address.number
        var directory = root
        // A leaf that leads to itself ends here.
        for _ in 1...limits.directoryDepth {
            guard let entry = directory.entry(of: number) else { return nil }
            if entry.run > 0 { return try Self.tile(entry, file, header, limits) }
            directory = try leaf(entry)
        }
        throw TileProblem("its directories are nested too deep")
    }

    private func leaf(_ entry: PMTilesDirectory.Entry) throws(TileProblem) -> PMTilesDirectory {
        if let index = leaves.firstIndex(where: { $0.offset == entry.offset }) {
            let kept = leaves.remove(at: index)
            leaves.append(kept)
            return kept.directory
        }
        let section = try Self.place(entry, in: header.leaves)
        let directory = try Self.directory(section, file, header, limits)
        leaves.append((entry.offset, directory))
        while leaves.count > 1,
            leaves.reduce(0, { $0 + $1.directory.entries.count }) > limits.keptEntries
        {
            leaves.removeFirst()
        }
        return directory
    }

    // MARK: Reading

    private static func tile(
        _ entry: PMTilesDirectory.Entry, _ file: TileFile, _ header: PMTilesHeader,
        _ limits: TileLimits
    ) throws(TileProblem) -> [UInt8] {
        let place = try place(entry, in: header.tiles)
        return try file.read(
            "a tile", from: place.offset, count: place.length, most: limits.tileBytes)
    }

    private static func place(
        _ entry: PMTilesDirectory.Entry, in section: PMTilesHeader.Section
    ) throws(TileProblem) -> PMTilesHeader.Section {
        let (offset, isTooFar) = section.offset.addingReportingOverflow(entry.offset)
        guard !isTooFar else { throw TileProblem("a directory leads out of the file") }
        return PMTilesHeader.Section(offset: offset, length: UInt64(entry.length))
    }

    private static func directory(
        _ section: PMTilesHeader.Section, _ file: TileFile, _ header: PMTilesHeader,
        _ limits: TileLimits
    ) throws(TileProblem) -> PMTilesDirectory {
        try PMTilesDirectory(
            try inflated("a directory", section, file, header, limits),
            most: limits.directoryEntries)
    }

    private static func metadata(
        _ file: TileFile, _ header: PMTilesHeader, _ limits: TileLimits
    ) throws(TileProblem) -> JSONObject {
        guard header.metadata.length > 0 else { return [:] }
        let bytes = try inflated("the metadata", header.metadata, file, header, limits)
        guard let object = (try? JSONReader.read(bytes))?.objectValue else {
            throw TileProblem("its metadata is not a JSON object")
        }
        return object
    }

    private static func inflated(
        _ what: String, _ section: PMTilesHeader.Section, _ file: TileFile,
        _ header: PMTilesHeader, _ limits: TileLimits
    ) throws(TileProblem) -> [UInt8] {
        let stored = try file.read(
            what, from: section.offset, count: section.length, most: limits.storedBytes)
        guard header.isGzipped else { return stored }
        guard let bytes = Inflating.inflate(stored, most: limits.inflatedBytes) else {
            throw TileProblem("\(what) cannot be inflated")
        }
        return bytes
    }
}
