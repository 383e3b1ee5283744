/// The bounds of what is read of tile files, which anybody may have made.
package struct TileLimits: Sendable {
    /// Files of a folder. Each open one is a descriptor and up to some MB of directories.
    package var files = 64
    /// One tile: pictures of 512 pixels and vector tiles are far below 1 MB.
    package var tileBytes = 4 * 1024 * 1024
    /// A PMTiles directory or its metadata as it is stored. Writers keep directories below 200 kB;
    /// metadata lists every attribute of vector layers.
    package var storedBytes = 2 * 1024 * 1024
    /// The same after it is inflated.
    package var inflatedBytes = 16 * 1024 * 1024
    /// Entries of one directory. A map of the whole world has leaves of some 25,000.
    package var directoryEntries = 200_000
    /// Entries of all leaves of a file that are kept, 24 bytes each.
    package var keptEntries = 400_000
    /// The root and the leaves below it; the specification has no file that needs more.
    package var directoryDepth = 4
    /// Zoom levels, of which OpenStreetMap uses 20; 4^30 tiles still have numbers.
    package static let zooms = 0...30
    /// Steps of SQLite's machine for one question: a tile takes some 30, and the smallest zoom of
    /// a big file without an index some million.
    package var statementSteps = 20_000_000
    /// Rows of an MBTiles file's metadata.
    package var metadataRows = 200
    /// Characters of an attribution, and of a title.
    package var textCharacters = 500

    package init() {}
}
