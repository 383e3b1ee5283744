import Testing

@testable import Station

@Suite struct GameNightLimitsTests {
    @Test func `what the document and the contract say is what holds`() {
        let limits = GameNightLimits()
        #expect(limits.heartbeat == .seconds(20))
        #expect(limits.voteSpacing == .seconds(1))
        #expect(limits.loginLifetime == .seconds(86_400))
        #expect(limits.players.lowerBound == 0)
    }

    @Test func `what is kept fits into the memory of a small computer`() {
        let limits = GameNightLimits()
        // Hashes and places of messages, some 60 bytes each, their texts, and votes.
        let bytes = limits.messages * 60 + limits.chatBytes + limits.votes * 150
        #expect(bytes < 256 * 1024 * 1024)
        #expect(limits.waitingDeliveries > limits.loggedDeliveries)
    }
}
