/// A tile of the web's square world: zoom, column from the west, row from the north.
package struct TileAddress: Sendable, Equatable {
    package let zoom: Int
    package let x: Int
    package let y: Int

    /// Nil for what is outside of the world.
    package init?(zoom: Int, x: Int, y: Int) {
        guard TileLimits.zooms.contains(zoom) else { return nil }
        let side = 1 << zoom
        guard (0..<side).contains(x), (0..<side).contains(y) else { return nil }
        self.zoom = zoom
        self.x = x
        self.y = y
    }

    /// The row counted from the south, as MBTiles has it.
    var rowFromSouth: Int { (1 << zoom) - 1 - y }

    /// The number in PMTiles: all tiles of smaller zooms first, then along a Hilbert curve.
    var number: UInt64 {
        let side = 1 << UInt64(zoom)
        var number = ((1 << (2 * UInt64(zoom))) - 1) / 3 as UInt64
        var (x, y) = (UInt64(x), UInt64(y))
        var step = UInt64(side) / 2
        while step > 0 {
            let isEast: UInt64 = x & step == 0 ? 0 : 1
            let isSouth: UInt64 = y & step == 0 ? 0 : 1
            number += step * step * ((3 * isEast) ^ isSouth)
            if isSouth == 0 {
                if isEast == 1 {
                    x = UInt64(side) - 1 - x
                    y = UInt64(side) - 1 - y
                }
                swap(&x, &y)
            }
            step /= 2
        }
        return number
    }
}
