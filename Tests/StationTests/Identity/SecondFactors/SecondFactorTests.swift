import Drivers
import Engine
import Testing

@testable import Station

@Suite struct SecondFactorTests {
    private let hashes = ["a", "b"].map(RecoveryHash.init(stored:))

    private var factor: SecondFactor {
        SecondFactor(
            user: "u",
            NewFactor(
                secret: FactorSecret(base32: "MZXW6"), recoveryCodes: ["1", "2"],
                recoveryHashes: hashes),
            at: UTCTime(nanoseconds: 7))
    }

    @Test func `it begins unconfirmed, and its first code confirms it`() {
        var factor = factor
        #expect(!factor.isConfirmed)
        #expect(factor.take(step: 0) == true)
        #expect(factor.isConfirmed)
    }

    @Test func `a code is taken once, and none that is older than the last`() {
        var factor = factor
        #expect(factor.take(step: 100) == true)
        #expect(factor.take(step: 100) == false)
        #expect(factor.take(step: 99) == false)
        #expect(factor.lastStep == 100)
        #expect(factor.take(step: 101) == true)
    }

    @Test func `a recovery code is taken once, and confirms nothing`() {
        var factor = factor
        #expect(factor.take(hashes[1]) == true)
        #expect(factor.take(hashes[1]) == false)
        #expect(!factor.isConfirmed)
        #expect(factor.recoveryCodesLeft == 1)
        #expect(factor.take(hashes[0]) == true)
        #expect(factor.recoveryCodesLeft == 0)
    }

    @Test func `it is stored with all that it knows`() {
        var factor = factor
        #expect(SecondFactor(stored: factor.row) == factor)
        _ = factor.take(step: 100)
        _ = factor.take(hashes[0])
        #expect(SecondFactor(stored: factor.row) == factor)
        #expect(SecondFactor(stored: ["user_id": .text("u")]) == nil)
        #expect(
            SecondFactor(
                stored: [
                    "user_id": .text("u"), "secrets": .text("[]"), "is_confirmed": .integer(1),
                    "last_step": .integer(1), "created_ns": .integer(1),
                ]) == nil)
    }

    @Test func `so many wrong codes are heard in a day, each day`() {
        var limits = IdentityLimits()
        limits.wrongCodes = 2
        var codes = WrongCodes(limits)
        let noon = Instant.start.advanced(by: .seconds(12 * 3600))
        #expect(codes.take("u", now: .start) == nil)
        #expect(codes.take("u", now: noon) == nil)
        #expect(codes.take("u", now: noon) == .seconds(12 * 3600))
        #expect(codes.take("v", now: noon) == nil, "another user's are not counted here")
        codes.putBack("u")
        #expect(codes.take("u", now: noon) == nil)
        #expect(codes.take("u", now: noon) != nil)
        let tomorrow = Instant.start.advanced(by: .seconds(24 * 3600))
        #expect(codes.take("u", now: tomorrow) == nil)
        #expect(codes.take("u", now: tomorrow) == nil)
        #expect(codes.take("u", now: tomorrow) == .seconds(24 * 3600))
        codes.forget("u")
        #expect(codes.take("u", now: tomorrow) == nil)
    }
}
