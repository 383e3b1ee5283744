import Engine
@testable import Station
import Testing

@Suite struct OrderedBlocksTests {
    private func ascending(_ blocks: OrderedBlocks<Int64>, below end: Int64? = nil) -> [Int64] {
        var places: [Int64] = []
        blocks.descend(below: end) {
            places.append($0)
            return true
        }
        return places.reversed()
    }

    @Test func `it is a sorted array to whoever looks, whatever is put in and taken out`() {
        var random = SeededRandom(seed: 3, purpose: "blocks")
        var blocks = OrderedBlocks<Int64>()
        var model: Set<Int64> = []
        for step in 0..<20_000 {
            let place = Int64(random.next() % 5000)
            // First it grows, then it shrinks.
            if random.next() % 100 < (step < 10_000 ? 70 : 25) {
                blocks.insert(place)
                model.insert(place)
            } else {
                blocks.remove(place)
                model.remove(place)
            }
            guard step % 1000 == 999 else { continue }
            let sorted = model.sorted()
            #expect(ascending(blocks) == sorted)
            #expect(blocks.count == sorted.count)
            #expect(blocks.first == sorted.first)
            #expect(blocks.last == sorted.last)
            for end in [-1, 0, place, place + 1, 4999, 5000] as [Int64] {
                #expect(ascending(blocks, below: end) == sorted.filter { $0 < end })
                #expect(blocks[end] == (model.contains(end) ? end : nil))
            }
        }
    }

    @Test func `a look ends where the looker has seen enough`() {
        var blocks = OrderedBlocks<Int64>()
        for place in 0..<2000 as Range<Int64> { blocks.insert(place) }
        var seen: [Int64] = []
        blocks.descend(below: 1500) {
            seen.append($0)
            return seen.count < 3
        }
        #expect(seen == [1499, 1498, 1497])
        #expect(ascending(OrderedBlocks(), below: 7).isEmpty)
    }
}
