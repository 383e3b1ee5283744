/// Blanks out comments, what string literals hold, and the insides of raw identifiers.
///
/// Line ends stay, so that line numbers do. Interpolations are blanked with their strings.
struct CodeOnly {
    private let source: [UInt8]
    private var offset = 0
    private var output: [UInt8] = []

    private init(_ text: String) {
        source = Array(text.utf8)
        output.reserveCapacity(source.count)
    }

    static func text(of text: String) -> String {
        var scanner = CodeOnly(text)
        scanner.run()
        return String(decoding: scanner.output, as: UTF8.self)
    }

    private mutating func run() {
        while let byte = byte(0) {
            switch byte {
            case UInt8(ascii: "/") where self.byte(1) == UInt8(ascii: "/"): skipLineComment()
            case UInt8(ascii: "/") where self.byte(1) == UInt8(ascii: "*"): skipBlockComment()
            case UInt8(ascii: "\""), UInt8(ascii: "#"): takeStringOrByte()
            case UInt8(ascii: "`"): takeRawIdentifier()
            default: keep()
            }
        }
    }

    private func byte(_ distance: Int) -> UInt8? {
        let index = offset + distance
        return index < source.count ? source[index] : nil
    }

    private mutating func keep() {
        guard let byte = byte(0) else { return }
        output.append(byte)
        offset += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count {
            guard let byte = byte(0) else { return }
            output.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
            offset += 1
        }
    }

    private mutating func skipLineComment() {
        while let byte = byte(0), byte != UInt8(ascii: "\n") { blank() }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if starts("/*") {
                depth += 1
                blank(2)
            } else if starts("*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && byte(0) != nil
    }

    private mutating func takeRawIdentifier() {
        keep()
        while let byte = byte(0), byte != UInt8(ascii: "`"), byte != UInt8(ascii: "\n") { blank() }
        if byte(0) == UInt8(ascii: "`") { keep() }
    }

    private mutating func takeStringOrByte() {
        var hashes = 0
        while byte(hashes) == UInt8(ascii: "#") { hashes += 1 }
        guard byte(hashes) == UInt8(ascii: "\"") else {
            keep()
            return
        }
        blank(hashes)
        let quotes = starts("\"\"\"") ? "\"\"\"" : "\""
        let marks = String(repeating: "#", count: hashes)
        // The quotes themselves stay: `""` in code is still seen to be a string.
        for _ in quotes.utf8 { keep() }
        while byte(0) != nil, !starts(quotes + marks) {
            if quotes == "\"", byte(0) == UInt8(ascii: "\n") { return }
            if starts("\\" + marks + "(") {
                skipInterpolation(1 + hashes)
            } else if starts("\\" + marks) {
                blank(2 + hashes)
            } else {
                blank()
            }
        }
        for _ in quotes.utf8 where byte(0) != nil { keep() }
        blank(hashes)
    }

    /// Skips `\(…)`, in which strings may stand again.
    private mutating func skipInterpolation(_ lead: Int) {
        blank(lead)
        var depth = 0
        repeat {
            if byte(0) == UInt8(ascii: "\"") {
                let kept = output.count
                takeStringOrByte()
                for index in kept..<output.count where output[index] != UInt8(ascii: "\n") {
                    output[index] = UInt8(ascii: " ")
                }
                continue
            }
            if byte(0) == UInt8(ascii: "(") { depth += 1 }
            if byte(0) == UInt8(ascii: ")") { depth -= 1 }
            blank()
        } while depth > 0 && byte(0) != nil
    }

    private func starts(_ text: String) -> Bool {
        var index = offset
        for byte in text.utf8 {
            guard index < source.count, source[index] == byte else { return false }
            index += 1
        }
        return true
    }
}
