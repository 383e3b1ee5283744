/// A pairing session's token as written: itself, or at the end of the address in its QR code.
struct SessionToken: TextValue, Equatable {
    static let placeholder = "TOKEN"

    let text: String

    init(text: String) throws(TextValueProblem) {
        let word = text.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard (1...128).contains(word.utf8.count), word.utf8.allSatisfy(Self.isTokenByte) else {
            throw TextValueProblem("is not a pairing session's token")
        }
        self.text = String(word)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
