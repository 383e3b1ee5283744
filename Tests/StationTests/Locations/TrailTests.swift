import Engine
import Pointing
import Testing

@testable import Station

@Suite struct TrailTests {
    private func sighting(_ seconds: Int64) throws -> Sighting {
        Sighting(
            point: try GeoJSONPoint(coordinates: [Double(seconds), 0]), accuracyMeters: nil,
            time: UTCTime(nanoseconds: seconds))
    }

    private func times(_ sightings: some Collection<Sighting>) -> [Int64] {
        sightings.map(\.time.nanoseconds)
    }

    @Test func `the newest chunk holds what came since the last full one`() throws {
        var trail = Trail()
        for index in Int64(0)..<32 { trail.append(try sighting(index)) }
        #expect(trail.newestChunk.number == 0)
        #expect(trail.newestChunk.sightings.count == 32)
        trail.append(try sighting(32))
        #expect(trail.newestChunk.number == 1)
        #expect(times(trail.newestChunk.sightings) == [32])
    }

    @Test func `the oldest chunk goes when enough is left without it`() throws {
        var trail = Trail()
        for index in Int64(0)..<131 { trail.append(try sighting(index)) }
        #expect(trail.dropChunk(keeping: 100) == nil)
        trail.append(try sighting(131))
        #expect(trail.dropChunk(keeping: 100) == 0)
        #expect(trail.dropChunk(keeping: 100) == nil)
        #expect(trail.all.first?.time.nanoseconds == 32)
        #expect(trail.newestChunk.number == 4)
        #expect(trail.dropChunk(keeping: 0) == 1)
    }

    @Test func `what was stored goes on in its last chunk`() throws {
        var trail = Trail()
        trail.append(chunk: try (0..<32).map(sighting), number: 7)
        trail.append(chunk: try (32..<40).map(sighting), number: 8)
        trail.append(try sighting(40))
        #expect(trail.newestChunk.number == 8)
        #expect(times(trail.newestChunk.sightings) == Array(32...40))
    }

    @Test func `a time is read in order, what came late at its place`() throws {
        var trail = Trail()
        for time in [5, 1, 9, 3, 9] as [Int64] { trail.append(try sighting(time)) }
        func read(_ since: Int64?, _ until: Int64?) -> [Int64] {
            times(
                trail.sightings(
                    since: since.map(UTCTime.init(nanoseconds:)),
                    until: until.map(UTCTime.init(nanoseconds:))))
        }
        #expect(read(nil, nil) == [1, 3, 5, 9, 9])
        #expect(read(3, 5) == [3, 5])
        #expect(read(10, nil) == [])
    }

    @Test func `a chunk survives its packing, with what is not known`() throws {
        let sightings = [
            Sighting(
                point: try GeoJSONPoint(coordinates: [-180, 90, -6.5]), accuracyMeters: 0,
                time: UTCTime(nanoseconds: .min)),
            Sighting(
                point: try GeoJSONPoint(coordinates: [13.4, 52.5]), accuracyMeters: nil,
                time: UTCTime(nanoseconds: 1)),
        ]
        let bytes = Sighting.pack(sightings)
        #expect(bytes.count == 80)
        #expect(Sighting.unpack(bytes) == sightings)
        #expect(Sighting.unpack(Array(bytes.dropLast())) == nil)
        #expect(Sighting.unpack([UInt8](repeating: 0x7F, count: 40)) == nil, "out of range")
    }
}
