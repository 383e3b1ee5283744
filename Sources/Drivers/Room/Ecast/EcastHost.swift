/// Tells a host's name from other text that would lead an address astray.
enum EcastHost {
    /// RFC 1035 §2.3.4.
    private static let longestName = 253
    private static let longestLabel = 63

    /// - Parameter mayBeLocal: addresses, names of one label and a port are as good.
    static func isHost(_ text: some StringProtocol, mayBeLocal: Bool) -> Bool {
        guard mayBeLocal else { return isPublicName(text) }
        if text.first == "[" { return isAddressOfVersion6(text) }
        let name = text.prefix { $0 != ":" }
        return isName(name) && isPort(text.dropFirst(name.count))
    }

    /// At least two labels, and no address: the last label of a name is never a number.
    private static func isPublicName(_ text: some StringProtocol) -> Bool {
        guard isName(text), let dot = text.lastIndex(of: ".") else { return false }
        return !text[dot...].dropFirst().allSatisfy { $0.isNumber }
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        guard (1...longestName).contains(text.utf8.count) else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...longestLabel).contains(label.utf8.count)
                && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy {
                    EcastAddress.isLetterOrDigit($0) || $0 == UInt8(ascii: "-")
                }
        }
    }

    /// `[…]`, and perhaps a port.
    private static func isAddressOfVersion6(_ text: some StringProtocol) -> Bool {
        guard let end = text.firstIndex(of: "]") else { return false }
        let address = text[..<end].dropFirst()
        return (2...45).contains(address.utf8.count)
            && address.allSatisfy { $0.isASCII && ($0.isHexDigit || $0 == ":" || $0 == ".") }
            && isPort(text[end...].dropFirst())
    }

    /// Nothing, or a colon and a number.
    private static func isPort(_ text: some StringProtocol) -> Bool {
        guard !text.isEmpty else { return true }
        let digits = text.dropFirst()
        return text.first == ":" && (1...5).contains(digits.utf8.count)
            && digits.allSatisfy { $0.isASCII && $0.isNumber } && UInt16(digits) != nil
    }
}
