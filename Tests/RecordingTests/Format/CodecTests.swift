import Engine
@testable import Recording
import Testing

@Suite struct CodecTests {
    @Test func `bytes survive base64 and hexadecimal, whatever they are`() {
        var random = SeededRandom(seed: 3, purpose: "codec")
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            #expect(Base64.bytes(Base64.text(bytes)) == bytes)
            #expect(Hex.bytes(Hex.text(bytes)) == bytes)
        }
    }

    @Test(arguments: ["a", "====", "a===", "ab=c", "ab==cdef", "ab c", "Zg=="])
    func `only whole groups are base64`(text: String) {
        #expect((Base64.bytes(text) != nil) == (text == "Zg=="))
    }

    @Test(arguments: ["f", "0g", "0F"])
    func `only pairs of small digits are hexadecimal`(text: String) {
        #expect(Hex.bytes(text) == nil)
    }

    /// RFC 4648 §10 and RFC 6234's "abc".
    @Test func `the published examples come out`() {
        #expect(Base64.text(Array("foobar".utf8)) == "Zm9vYmFy")
        #expect(Base64.text(Array("fooba".utf8)) == "Zm9vYmE=")
        #expect(
            Hex.text(Digest.sha256(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
