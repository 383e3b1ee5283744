import Synchronization

/// The maps of a folder. Files may come, go and be replaced at any time.
///
/// Every call may read the disk: never on the core's thread.
package final class TileLibrary: Sendable {
    /// A map under the name by which its tiles are asked for.
    package struct Map: Sendable, Equatable {
        package let name: String
        package let description: MapDescription
    }

    /// A file that cannot be served.
    package struct Problem: Sendable, Equatable {
        package let file: String
        package let detail: String
    }

    package struct Listing: Sendable, Equatable {
        package let maps: [Map]
        package let problems: [Problem]
    }

    /// What there is at an address.
    package enum Finding: Sendable, Equatable {
        case noSuchMap
        case noTile
        /// With what tells this tile from the one that another file has there.
        case tile(Tile, tag: String)
        /// The client has this tile already.
        case known(tag: String)
    }

    /// A file as it was when it was last looked at.
    private struct Shelved {
        let entry: TileFolder.Entry
        let identity: FileIdentity
        let content: Result<any TileArchive, TileProblem>
    }

    private let folder: TileFolder
    private let limits: TileLimits
    /// By the name of the map.
    private let shelf = Mutex<[String: Shelved]>([:])

    package init(folder: String, limits: TileLimits = TileLimits()) {
        self.folder = TileFolder(path: folder)
        self.limits = limits
    }

    /// Looks what the folder has now.
    package func listing() -> Listing {
        shelf.withLock { shelf in Self.listing(folder, limits, &shelf) }
    }

    /// Finds a tile, in the file as it is now.
    ///
    /// - Parameter isKnown: whether the client has what has this tag.
    package func find(
        _ address: TileAddress, of map: String, isKnown: @Sendable (String) -> Bool = { _ in false }
    ) throws(TileProblem) -> Finding {
        let result = shelf.withLock { shelf -> Result<Finding, TileProblem> in
            do throws(TileProblem) {
                return .success(try Self.find(address, map, folder, limits, &shelf, isKnown))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private static func listing(
        _ folder: TileFolder, _ limits: TileLimits, _ shelf: inout [String: Shelved]
    ) -> Listing {
        var problems: [Problem] = []
        var entries: [TileFolder.Entry] = []
        do throws(TileProblem) {
            entries = try folder.entries()
        } catch {
            problems.append(Problem(file: ".", detail: error.description))
        }
        for entry in entries.dropFirst(limits.files) {
            problems.append(
                Problem(file: entry.file, detail: "is not looked at after \(limits.files) others"))
        }
        var kept: [String: Shelved] = [:]
        var maps: [Map] = []
        for entry in entries.prefix(limits.files) {
            guard kept[entry.map] == nil else {
                problems.append(
                    Problem(file: entry.file, detail: "has the name of another map"))
                continue
            }
            guard let shelved = look(at: entry, shelf[entry.map], limits) else {
                problems.append(Problem(file: entry.file, detail: "is not a file that can be read"))
                continue
            }
            kept[entry.map] = shelved
            switch shelved.content {
            case .success(let archive):
                maps.append(Map(name: entry.map, description: archive.map))
            case .failure(let problem):
                problems.append(Problem(file: entry.file, detail: problem.description))
            }
        }
        shelf = kept
        return Listing(maps: maps, problems: problems)
    }

    /// Opens a file unless the same one is open already; nil when there is none.
    private static func look(
        at entry: TileFolder.Entry, _ last: Shelved?, _ limits: TileLimits
    ) -> Shelved? {
        guard let identity = FileIdentity(path: entry.path) else { return nil }
        if let last, last.entry == entry, last.identity == identity { return last }
        let content: Result<any TileArchive, TileProblem>
        do throws(TileProblem) {
            content = .success(
                entry.isDatabase
                    ? try MBTilesArchive(path: entry.path, limits: limits)
                    : try PMTilesArchive(path: entry.path, limits: limits))
        } catch {
            content = .failure(error)
        }
        return Shelved(entry: entry, identity: identity, content: content)
    }

    private static func find(
        _ address: TileAddress, _ map: String, _ folder: TileFolder, _ limits: TileLimits,
        _ shelf: inout [String: Shelved], _ isKnown: @Sendable (String) -> Bool
    ) throws(TileProblem) -> Finding {
        if let last = shelf[map] {
            shelf[map] = look(at: last.entry, last, limits)
        }
        // It may have been put there just now, or under another ending.
        if shelf[map] == nil { _ = listing(folder, limits, &shelf) }
        guard let shelved = shelf[map] else { return .noSuchMap }
        let tag = "\(shelved.identity.tag)-\(address.zoom)-\(address.x)-\(address.y)"
        // Only who was given the tile once knows its tag.
        if isKnown(tag) { return .known(tag: tag) }
        let archive = try shelved.content.get()
        guard let bytes = try archive.tile(at: address) else { return .noTile }
        return .tile(Tile(bytes, of: archive.map.format), tag: tag)
    }
}
