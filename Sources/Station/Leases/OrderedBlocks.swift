/// Something with its place in an order.
protocol Ordered {
    var place: Int64 { get }
}

extension Int64: Ordered {
    var place: Int64 { self }
}

/// Elements in the order of their places, in blocks of bounded size: among a million, too, none is
/// slow to find, to put in or to take out, and memory follows the number of elements.
struct OrderedBlocks<Element: Ordered> {
    /// Never empty, in order.
    private var blocks: [[Element]] = []
    private(set) var count = 0

    /// Moving a block's elements takes a microsecond; a million make two thousand blocks.
    private static var blockSize: Int { 512 }

    var first: Element? { blocks.first?.first }
    var last: Element? { blocks.last?.last }

    subscript(place: Int64) -> Element? {
        position(of: place).map { blocks[$0.block][$0.index] }
    }

    /// Puts an element in; one with the same place is replaced.
    mutating func insert(_ element: Element) {
        let place = element.place
        guard let last, last.place >= place else { return append(element) }
        let (block, index) = firstPosition(from: place)
        guard blocks[block][index].place != place else {
            blocks[block][index] = element
            return
        }
        blocks[block].insert(element, at: index)
        count += 1
        guard blocks[block].count > Self.blockSize else { return }
        let half = blocks[block].count / 2
        let upper = Array(blocks[block][half...])
        blocks[block] = Array(blocks[block][..<half])
        blocks.insert(upper, at: block + 1)
    }

    private mutating func append(_ element: Element) {
        if let last = blocks.indices.last, blocks[last].count < Self.blockSize {
            blocks[last].append(element)
        } else {
            blocks.append([element])
        }
        count += 1
    }

    mutating func remove(_ place: Int64) {
        guard let (block, index) = position(of: place) else { return }
        blocks[block].remove(at: index)
        count -= 1
        if blocks[block].isEmpty {
            blocks.remove(at: block)
        } else if blocks[block].count < blocks[block].capacity / 4 {
            // A copy has no more room than it needs.
            blocks[block] = blocks[block].map { $0 }
        }
    }

    /// Shows elements, the last one first, until `body` has seen enough and says false.
    ///
    /// - Parameter end: where to begin: below this place; nil for the very last.
    func descend(below end: Int64?, _ body: (Element) -> Bool) {
        let (block, index) = end.map { firstPosition(from: $0) } ?? (blocks.count, 0)
        if block < blocks.count {
            for element in blocks[block][..<index].reversed() {
                guard body(element) else { return }
            }
        }
        for elements in blocks[..<block].reversed() {
            for element in elements.reversed() {
                guard body(element) else { return }
            }
        }
    }

    private func position(of place: Int64) -> (block: Int, index: Int)? {
        let (block, index) = firstPosition(from: place)
        guard block < blocks.count, blocks[block][index].place == place else { return nil }
        return (block, index)
    }

    /// Where the first element stands that is not before a place; behind all when there is none.
    private func firstPosition(from place: Int64) -> (block: Int, index: Int) {
        let block = blocks.partitioningIndex { ($0.last?.place ?? place) >= place }
        guard block < blocks.count else { return (block, 0) }
        return (block, blocks[block].partitioningIndex { $0.place >= place })
    }
}

extension Array {
    /// The first index whose element meets a condition that all later ones meet too.
    fileprivate func partitioningIndex(where isLater: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isLater(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
