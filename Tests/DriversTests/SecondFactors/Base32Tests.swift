import Testing

@testable import Drivers

@Suite struct Base32Tests {
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func `the vectors of RFC 4648 section 10, without their padding`(plain: String, text: String) {
        #expect(Base32.text(Array(plain.utf8)) == text)
        #expect(Base32.bytes(text) == Array(plain.utf8))
    }

    @Test func `every byte comes back`() {
        let bytes = (0...255).map(UInt8.init)
        #expect(Base32.bytes(Base32.text(bytes)) == bytes)
    }

    @Test(arguments: ["a", "1", "MY======", "M Y", "ä"])
    func `what is no digit is none`(text: String) {
        #expect(Base32.bytes(text) == nil)
    }
}
