import JSON

/// Text that is carried inside a page.
enum EmbeddedText {
    /// JSON that no reader of HTML takes for markup and no script for the end of a line: `<`, `>`
    /// and `&` can stand only inside of strings, where an escape means the same (HTML Living
    /// Standard, "Restrictions for contents of script elements"; ECMA-262 on U+2028 and U+2029).
    static func json(_ bytes: [UInt8]) -> [UInt8] {
        var safe: [UInt8] = []
        safe.reserveCapacity(bytes.count + bytes.count / 16)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "<"): safe += Array(#"\u003c"#.utf8)
            case UInt8(ascii: ">"): safe += Array(#"\u003e"#.utf8)
            case UInt8(ascii: "&"): safe += Array(#"\u0026"#.utf8)
            case 0xE2
            where index + 2 < bytes.count && bytes[index + 1] == 0x80
                && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9):
                safe += Array((bytes[index + 2] == 0xA8 ? #"\u2028"# : #"\u2029"#).utf8)
                index += 2
            default: safe.append(byte)
            }
            index += 1
        }
        return safe
    }

    /// What a Content-Security-Policy lets pass inline: the hash of exactly this text (CSP Level 3,
    /// "hash-source").
    static func policyHash(_ text: [UInt8]) -> String {
        "'sha256-" + Base64.text(Digest.sha256(text)) + "'"
    }
}
