/// Reads a decimal number as rotctld and its imitations write it.
enum RotctldNumber {
    /// Plain decimals only: no `nan`, `inf`, hexadecimal or trailing text. A comma stands for the
    /// point, because some imitations print in their own locale.
    static func parse(_ text: some StringProtocol) -> Double? {
        let trimmed = text.drop { $0 == " " }
        let allowed = trimmed.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
        }
        guard allowed, trimmed.utf8.count <= 32 else { return nil }
        let number = Double(String(trimmed.map { $0 == "," ? "." : $0 }))
        return number.flatMap { $0.isFinite ? $0 : nil }
    }
}
