import Testing

@testable import Drivers

@Suite struct OneTimeCodeTests {
    private let key = Array("12345678901234567890".utf8)
    private var secret: FactorSecret { FactorSecret(base32: Base32.text(key)) }

    private func step(of text: String, at seconds: Int64) throws -> Int64? {
        try OneTimeCode.step(of: Array(text.utf8), secret, at: seconds)
    }

    @Test(
        arguments: zip(
            0...9 as ClosedRange<UInt64>,
            [
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
                "399871", "520489",
            ]))
    func `the vectors of RFC 4226 appendix D`(counter: UInt64, code: String) throws {
        #expect(try OneTimeCode.code(key, counter: counter) == code)
    }

    /// Of the eight digits there the last six: fewer digits are the same number, cut (§5.3).
    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func `the vectors of RFC 6238 appendix B with SHA-1`(seconds: Int64, code: String) throws {
        #expect(try step(of: String(code.suffix(6)), at: seconds) == seconds / 30)
    }

    /// 081804 is the code of the half minute that begins at 1 111 111 080.
    @Test(
        arguments: [
            (1_111_111_049, nil), (1_111_111_050, 37_037_036), (1_111_111_080, 37_037_036),
            (1_111_111_109, 37_037_036), (1_111_111_110, 37_037_036), (1_111_111_139, 37_037_036),
            (1_111_111_140, nil),
        ] as [(Int64, Int64?)])
    func `a code is good for its half minute, the one before and the one after`(
        seconds: Int64, found: Int64?
    ) throws {
        #expect(try step(of: "081804", at: seconds) == found)
    }

    @Test(arguments: ["", "08180", "0818040", "81804", "O81804", "081804\n", "٠٨١٨٠٤"])
    func `what is no code is no step's`(text: String) throws {
        #expect(try step(of: text, at: 1_111_111_109) == nil)
    }

    @Test func `time before 1970 has steps too, and a secret that is none fails`() throws {
        #expect(OneTimeCode.step(at: -1) == -1)
        #expect(OneTimeCode.step(at: -30) == -1)
        #expect(OneTimeCode.step(at: -31) == -2)
        #expect(OneTimeCode.step(at: 29) == 0)
        #expect(throws: PasswordError.failed) {
            try OneTimeCode.step(of: Array("000000".utf8), FactorSecret(base32: "a"), at: 0)
        }
    }
}
