/// What a message of a chat votes with.
package enum VoteWord: String, Sendable, CaseIterable {
    case up = "thisgame++"
    case down = "thisgame--"

    /// The first one in a message, in any case; nil when there is none.
    package init?(in message: String) {
        let bytes = Array(message.utf8)
        let word = Array("thisgame".utf8)
        guard bytes.count >= word.count + 2 else { return nil }
        for start in 0...(bytes.count - word.count - 2) {
            let matches = word.indices.allSatisfy { bytes[start + $0] | 0x20 == word[$0] }
            guard matches else { continue }
            switch (bytes[start + word.count], bytes[start + word.count + 1]) {
            case (UInt8(ascii: "+"), UInt8(ascii: "+")): self = .up
            case (UInt8(ascii: "-"), UInt8(ascii: "-")): self = .down
            default: continue
            }
            return
        }
        return nil
    }
}
