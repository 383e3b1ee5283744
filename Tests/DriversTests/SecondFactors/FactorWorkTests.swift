import Testing

@testable import Drivers

@Suite struct FactorWorkTests {
    private func made() throws -> NewFactor {
        guard case .made(let new)? = FactorWork.make.done() else {
            throw PasswordError.failed
        }
        return new
    }

    @Test func `a secret has 160 bits, ten recovery codes have 80, and none is like another`()
        throws
    {
        let (one, other) = (try made(), try made())
        #expect(Base32.bytes(one.secret.base32)?.count == 20)
        #expect(one.secret != other.secret)
        let codes = one.recoveryCodes + other.recoveryCodes
        #expect(Set(codes).count == 20)
        for code in codes {
            #expect(code.wholeMatch(of: /[a-z2-7]{4}(-[a-z2-7]{4}){3}/) != nil)
        }
        #expect(one.recoveryHashes.count == 10)
        for (code, hash) in zip(one.recoveryCodes, one.recoveryHashes) {
            #expect(
                !hash.stored.contains(code.prefix(4).uppercased() + code.dropFirst(5).prefix(4)))
        }
    }

    @Test func `a recovery code is found however it is typed, and no other`() throws {
        let new = try made()
        func index(_ text: String) -> FactorAnswer? {
            FactorWork.recovery(of: Password(presented: text), new.recoveryHashes).done()
        }
        let third = new.recoveryCodes[2]
        for text in [third, third.uppercased(), third.filter { $0 != "-" }, " \(third)\n"] {
            #expect(index(text) == .recovery(2))
        }
        for text in ["", "-", String(third.dropLast()), third + "a"] {
            #expect(index(text) == .recovery(nil))
        }
    }

    @Test func `a code may be typed in two groups`() throws {
        let new = try made()
        let key = try #require(Base32.bytes(new.secret.base32))
        let code = try OneTimeCode.code(key, counter: 2)
        let work = FactorWork.step(
            of: Password(presented: "\(code.prefix(3)) \(code.suffix(3))"), new.secret, seconds: 60)
        #expect(work.done() == .step(2))
    }

    @Test func `neither shows itself`() throws {
        let new = try made()
        let shown = "\(new) \(new.secret) \(new.recoveryHashes[0])"
        #expect(shown == "******** ******** ********")
    }
}
