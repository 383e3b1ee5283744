import Engine
@testable import Station
import Testing

@Suite struct UniqueIDsTests {
    private func ids(seed: UInt64, purpose: String = "test") -> UniqueIDs {
        let core = Core(pace: .virtual, seed: seed)
        return core.perform { UniqueIDs(core: core, purpose: purpose) }
    }

    @Test func `an identifier is a UUID of version 4`() {
        var ids = ids(seed: 1)
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        for _ in 0..<200 {
            let id = ids.next { _ in false }
            #expect(id.wholeMatch(of: form) != nil, "\(id)")
        }
    }

    @Test func `a seed draws the same again, another seed or purpose others`() {
        func three(_ ids: UniqueIDs) -> [String] {
            var ids = ids
            return (0..<3).map { _ in ids.next { _ in false } }
        }
        #expect(three(ids(seed: 1)) == three(ids(seed: 1)))
        #expect(Set(three(ids(seed: 1))).isDisjoint(with: three(ids(seed: 2))))
        #expect(Set(three(ids(seed: 1))).isDisjoint(with: three(ids(seed: 1, purpose: "other"))))
    }

    @Test func `what is taken is not drawn again`() {
        var first = ids(seed: 1)
        let taken = (0..<5).map { _ in first.next { _ in false } }
        var second = ids(seed: 1)
        #expect(second.next { taken.contains($0) } == first.next { _ in false })
    }
}
