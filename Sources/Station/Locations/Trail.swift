import Engine
import Pointing

/// Where a location was, as it was told, within a bound.
///
/// Kept and stored in chunks: a chunk is one row, so that an update writes a page of the disk and
/// what is too old goes a chunk at a time.
struct Trail {
    /// As many as fit a page of 4 KiB twice over.
    static let chunkLength = 32

    private var sightings: [Sighting] = []
    /// The number of the first chunk that is kept.
    private var firstChunk: Int64 = 0

    /// In the order in which they were told.
    var all: [Sighting] { sightings }

    /// The number of the chunk that grows, and what it holds.
    var newestChunk: (number: Int64, sightings: ArraySlice<Sighting>) {
        let full = max(0, sightings.count - 1) / Self.chunkLength
        return (firstChunk + Int64(full), sightings[(full * Self.chunkLength)...])
    }

    mutating func append(_ sighting: Sighting) {
        sightings.append(sighting)
    }

    /// Takes over a stored chunk; they come in order.
    mutating func append(chunk: [Sighting], number: Int64) {
        if sightings.isEmpty { firstChunk = number }
        sightings += chunk
    }

    /// Forgets the oldest whole chunk while `limit` sightings are left without it.
    ///
    /// - Returns: the number of the forgotten chunk; nil when there was none to forget.
    mutating func dropChunk(keeping limit: Int) -> Int64? {
        guard sightings.count >= limit + Self.chunkLength else { return nil }
        sightings.removeFirst(Self.chunkLength)
        defer { firstChunk += 1 }
        return firstChunk
    }

    /// Those of a time, oldest first.
    func sightings(since: UTCTime?, until: UTCTime?) -> [Sighting] {
        let wanted = sightings.filter { sighting in
            (since.map { sighting.time >= $0 } ?? true)
                && (until.map { sighting.time <= $0 } ?? true)
        }
        // What came late stands at its time. Equal times keep their order.
        return wanted.enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }.map(\.element)
    }
}
