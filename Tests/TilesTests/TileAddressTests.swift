import Testing

@testable import Tiles

@Suite struct TileAddressTests {
    // From the specification and the tests of its authors' readers.
    @Test(
        arguments: [
            (0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5),
            (12, 3423, 1763, 19_078_479),
        ] as [(Int, Int, Int, UInt64)])
    func `a tile has its number on the curve`(zoom: Int, x: Int, y: Int, number: UInt64) {
        #expect(TileAddress(zoom: zoom, x: x, y: y)?.number == number)
    }

    @Test func `all tiles of a zoom have numbers of their own, one after the other`() {
        var numbers: [UInt64] = []
        for x in 0..<32 {
            for y in 0..<32 { numbers.append(TileAddress(zoom: 5, x: x, y: y)?.number ?? 0) }
        }
        #expect(numbers.sorted() == Array(341..<1365))
    }

    @Test func `rows from the north are counted from the south in databases`() {
        #expect(TileAddress(zoom: 3, x: 0, y: 0)?.rowFromSouth == 7)
        #expect(TileAddress(zoom: 0, x: 0, y: 0)?.rowFromSouth == 0)
    }

    @Test(arguments: [
        (-1, 0, 0), (31, 0, 0), (.max, 0, 0), (2, 4, 0), (2, 0, 4), (2, -1, 0), (2, 0, .min),
    ])
    func `what is outside of the world is no tile`(zoom: Int, x: Int, y: Int) {
        #expect(TileAddress(zoom: zoom, x: x, y: y) == nil)
    }

    @Test func `the last tile of the greatest zoom has a number`() {
        let last = (1 << 30) - 1
        #expect(TileAddress(zoom: 30, x: last, y: 0)?.number == 1_537_228_672_809_129_300)
    }
}
