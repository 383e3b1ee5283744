@testable import Tiles

/// Makes small PMTiles files in which nothing is compressed, so that every byte counts.
struct SamplePMTiles {
    /// A line of a directory.
    struct Entry {
        var number: UInt64
        var offset: UInt64
        var length: UInt64
        var run: UInt64 = 1
    }

    var root: [Entry]
    var leaves: [[Entry]] = []
    var tiles: [UInt8]
    var metadata = #"{"name":"Sample","attribution":"<a href=\"x\">&copy; People</a>"}"#
    var type: UInt8 = 2
    var tileCompression: UInt8 = 1
    var innerCompression: UInt8 = 1
    var zooms: (UInt8, UInt8) = (0, 3)

    /// All tiles of zooms 0 to 3 with their numbers as content; those of zoom 3 in two leaves.
    static var whole: SamplePMTiles {
        var sample = SamplePMTiles(root: [], tiles: [])
        func entry(_ number: UInt64) -> Entry {
            let bytes = content(number)
            defer { sample.tiles += bytes }
            return Entry(
                number: number, offset: UInt64(sample.tiles.count), length: UInt64(bytes.count))
        }
        sample.root = (0..<21).map(entry)
        sample.leaves = [(21..<60).map(entry), (60..<85).map(entry)]
        let first = UInt64(Self.directory(sample.leaves[0]).count)
        sample.root += [
            Entry(number: 21, offset: 0, length: first, run: 0),
            Entry(
                number: 60, offset: first, length: UInt64(Self.directory(sample.leaves[1]).count),
                run: 0),
        ]
        return sample
    }

    static func content(_ number: UInt64) -> [UInt8] { Array("tile \(number)".utf8) }

    var bytes: [UInt8] {
        let root = Self.directory(root)
        let leaves = leaves.flatMap(Self.directory)
        let metadata = Array(metadata.utf8)
        let places = [root.count, metadata.count, leaves.count, tiles.count]
        var bytes = Array("PMTiles".utf8) + [3]
        var offset = PMTilesHeader.bytes
        for count in places {
            bytes += Self.little(UInt64(offset)) + Self.little(UInt64(count))
            offset += count
        }
        bytes += [UInt8](repeating: 0, count: 24) + [1, innerCompression, tileCompression, type]
        bytes += [zooms.0, zooms.1]
        for degrees in [-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000] as [Int32] {
            bytes += Self.little(UInt64(UInt32(bitPattern: degrees))).prefix(4)
        }
        bytes += [2] + Self.little(43_571_000).prefix(4) + Self.little(520_116_000).prefix(4)
        return bytes + root + metadata + leaves + tiles
    }

    static func directory(_ entries: [Entry]) -> [UInt8] {
        var bytes = variable(UInt64(entries.count))
        var last: UInt64 = 0
        for entry in entries {
            bytes += variable(entry.number &- last)
            last = entry.number
        }
        bytes += entries.flatMap { variable($0.run) } + entries.flatMap { variable($0.length) }
        return bytes + entries.flatMap { variable($0.offset + 1) }
    }

    static func variable(_ value: UInt64) -> [UInt8] {
        var (value, bytes) = (value, [UInt8]())
        while value >= 0x80 {
            bytes.append(UInt8(value & 0x7F) | 0x80)
            value >>= 7
        }
        return bytes + [UInt8(value)]
    }

    private static func little(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
}
