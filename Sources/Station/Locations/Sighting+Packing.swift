import Engine
import Pointing

/// A chunk of a trail as bytes: 40 for each sighting, little-endian; what is not known is not a
/// number.
extension Sighting {
    private static let packedBytes = 40

    static func pack(_ sightings: some Collection<Sighting>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(sightings.count * packedBytes)
        for sighting in sightings {
            let position = sighting.point.position
            append(UInt64(bitPattern: sighting.time.nanoseconds), to: &bytes)
            for number in [
                position.longitudeDegrees, position.latitudeDegrees,
                sighting.point.hasAltitude ? position.altitudeMeters : .nan,
                sighting.accuracyMeters ?? .nan,
            ] { append(number.bitPattern, to: &bytes) }
        }
        return bytes
    }

    /// What `pack` made; nil for bytes that are not that.
    static func unpack(_ bytes: [UInt8]) -> [Sighting]? {
        guard bytes.count.isMultiple(of: packedBytes) else { return nil }
        var sightings: [Sighting] = []
        for start in stride(from: 0, to: bytes.count, by: packedBytes) {
            let words = (0..<5).map { word in
                bytes[(start + word * 8)..<(start + word * 8 + 8)].reversed()
                    .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            let numbers = words[1...].map(Double.init(bitPattern:))
            let plane = [numbers[0], numbers[1]]
            guard
                let point = try? GeoJSONPoint(
                    coordinates: numbers[2].isNaN ? plane : plane + [numbers[2]])
            else { return nil }
            sightings.append(
                Sighting(
                    point: point, accuracyMeters: numbers[3].isNaN ? nil : numbers[3],
                    time: UTCTime(nanoseconds: Int64(bitPattern: words[0]))))
        }
        return sightings
    }

    private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
        }
    }
}
