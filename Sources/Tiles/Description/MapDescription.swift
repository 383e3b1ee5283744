/// What a tile file has, in the words of whoever draws it.
package struct MapDescription: Sendable, Equatable {
    /// Of the file, when it has a title of its own.
    package var title: String?
    package var format: TileFormat
    package var zooms: ClosedRange<Int>
    package var bounds: MapBounds
    package var center: MapCenter?
    /// Whom to name beside the map; text without markup, empty when nobody is known.
    package var attribution: String
    /// Pixels of a side; nil for vectors and where it does not show.
    package var tileSize: Int?
}

/// Degrees.
package struct MapBounds: Sendable, Equatable {
    package let west: Double
    package let south: Double
    package let east: Double
    package let north: Double

    /// What the square world shows.
    static let world = MapBounds(west: -180, south: -85.051129, east: 180, north: 85.051129)

    /// Nil for what is nowhere on earth.
    init?(checking numbers: [Double]) {
        guard numbers.count == 4, numbers.allSatisfy(\.isFinite),
            (-180...180).contains(numbers[0]), (-180...180).contains(numbers[2]),
            (-90...90).contains(numbers[1]), (-90...90).contains(numbers[3]),
            numbers[0] < numbers[2], numbers[1] < numbers[3]
        else { return nil }
        self.init(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3])
    }

    private init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }
}

/// Where a map is best looked at first.
package struct MapCenter: Sendable, Equatable {
    package let longitude: Double
    package let latitude: Double
    package let zoom: Int

    init?(longitude: Double, latitude: Double, zoom: Int) {
        guard longitude.isFinite, latitude.isFinite, (-180...180).contains(longitude),
            (-90...90).contains(latitude), TileLimits.zooms.contains(zoom)
        else { return nil }
        self.longitude = longitude
        self.latitude = latitude
        self.zoom = zoom
    }
}
