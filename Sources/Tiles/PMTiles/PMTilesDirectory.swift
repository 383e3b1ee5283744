/// One directory of a PMTiles file: where tiles and further directories are.
/// <https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md#4-directories>
struct PMTilesDirectory {
    struct Entry: Equatable {
        let number: UInt64
        let offset: UInt64
        let length: UInt32
        /// Tiles in a row that are all this one; 0 for a leaf directory.
        let run: UInt32
    }

    let entries: [Entry]

    /// - Parameter bytes: inflated.
    init(_ bytes: [UInt8], most: Int) throws(TileProblem) {
        var reader = VariableIntegers(bytes)
        // Four columns of a byte at least.
        guard let count = reader.next(), count <= UInt64(min(most, bytes.count / 4)) else {
            throw TileProblem("a directory has more entries than it has room for")
        }
        let length = Int(count)
        let numbers = try reader.column(length)
        let runs = try reader.column(length)
        let lengths = try reader.column(length)
        let offsets = try reader.column(length)
        var entries: [Entry] = []
        entries.reserveCapacity(length)
        var number: UInt64 = 0
        for index in 0..<length {
            let isFirst = index == 0
            let (next, isTooLarge) = number.addingReportingOverflow(numbers[index])
            guard !isTooLarge, isFirst || numbers[index] > 0,
                let run = UInt32(exactly: runs[index]),
                let bytes = UInt32(exactly: lengths[index]), bytes > 0
            else { throw TileProblem("a directory has an impossible entry") }
            number = next
            entries.append(
                Entry(
                    number: number, offset: try Self.offset(offsets[index], after: entries.last),
                    length: bytes, run: run))
        }
        self.entries = entries
    }

    /// 0 means behind the one before; others are one too high.
    private static func offset(_ written: UInt64, after last: Entry?) throws(TileProblem) -> UInt64
    {
        if written > 0 { return written - 1 }
        guard let last else { throw TileProblem("a directory begins behind nothing") }
        let (offset, isTooLarge) = last.offset.addingReportingOverflow(UInt64(last.length))
        guard !isTooLarge else { throw TileProblem("a directory has an impossible entry") }
        return offset
    }

    /// The entry that has the tile, or the leaf in which it would be.
    func entry(of number: UInt64) -> Entry? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].number <= number { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let entry = entries[low - 1]
        return entry.run == 0 || number - entry.number < UInt64(entry.run) ? entry : nil
    }
}

/// Reads integers of seven bits a byte, the lowest first.
private struct VariableIntegers {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard place < bytes.count else { return nil }
            let byte = bytes[place]
            place += 1
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    mutating func column(_ count: Int) throws(TileProblem) -> [UInt64] {
        var column: [UInt64] = []
        column.reserveCapacity(count)
        for _ in 0..<count {
            guard let value = next() else { throw TileProblem("a directory is cut") }
            column.append(value)
        }
        return column
    }
}
