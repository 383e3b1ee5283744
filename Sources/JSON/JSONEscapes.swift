/// What a text's bytes become between quotation marks (RFC 8259 §7).
struct JSONEscapes {
    /// How many bytes longer the text becomes.
    let bytes: Int
    private let hasControls: Bool

    /// Bytes of the longest escape, such as `\u0001`.
    static let longest = 6

    /// Looks at eight bytes at a time: most texts need few escapes or none.
    @inline(__always)
    init(in text: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(text)
        var marks = 0
        var controls: UInt64 = 0
        var index = 0
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            marks += Self.marks(in: word).nonzeroBitCount
            controls |= Self.controls(in: word)
            index += 8
        }
        let word = Self.lastWord(of: raw, from: index)
        marks += Self.marks(in: word).nonzeroBitCount
        controls |= Self.controls(in: word)
        hasControls = controls != 0
        if hasControls { marks += text.reduce(0) { $0 + Self.extraBytes(ofControl: $1) } }
        bytes = marks
    }

    /// Writes the text that was looked at; there is room for it.
    @inline(__always)
    func write(_ text: UnsafeBufferPointer<UInt8>, at end: inout UnsafeMutablePointer<UInt8>) {
        guard let start = text.baseAddress else { return }
        if bytes == 0 {
            end.put(start, text.count)
        } else if hasControls {
            for byte in text { Self.put(byte, at: &end) }
        } else {
            Self.putMarks(text, at: &end)
        }
    }

    /// A text with marks and without controls.
    private static func putMarks(
        _ text: UnsafeBufferPointer<UInt8>, at end: inout UnsafeMutablePointer<UInt8>
    ) {
        let raw = UnsafeRawBufferPointer(text)
        var index = 0
        while index < raw.count {
            if index + 8 <= raw.count {
                let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if marks(in: word) == 0 {
                    UnsafeMutableRawPointer(end).storeBytes(of: word, as: UInt64.self)
                    end += 8
                    index += 8
                    continue
                }
            }
            for byte in raw[index..<min(index + 8, raw.count)] {
                // Without a branch that depends on the text: the backslash is always written, and
                // overwritten where none is due.
                end.pointee = UInt8(ascii: "\\")
                let isMark = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                end += isMark ? 1 : 0
                end.put(byte)
            }
            index += 8
        }
    }

    static func put(_ byte: UInt8, at end: inout UnsafeMutablePointer<UInt8>) {
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
            return end.put(byte)
        }
        end.put(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: end.put(UInt8(ascii: "b"))
        case 0x09: end.put(UInt8(ascii: "t"))
        case 0x0A: end.put(UInt8(ascii: "n"))
        case 0x0C: end.put(UInt8(ascii: "f"))
        case 0x0D: end.put(UInt8(ascii: "r"))
        case 0..<0x20:
            end.put(UInt8(ascii: "u"))
            end.put(UInt8(ascii: "0"))
            end.put(UInt8(ascii: "0"))
            end.put(hex: byte >> 4)
            end.put(hex: byte & 15)
        default: end.put(byte)
        }
    }

    private static func extraBytes(ofControl byte: UInt8) -> Int {
        switch byte {
        case 0x08, 0x09, 0x0A, 0x0C, 0x0D: 1
        case 0..<0x20: longest - 1
        default: 0
        }
    }

    // MARK: Eight bytes at once

    /// The bytes after the last whole word, at most seven, and spaces in the place of the rest.
    @inline(__always)
    private static func lastWord(of raw: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
        let count = raw.count - start
        guard count > 0 else { return spaces }
        let filling = spaces << UInt64(8 * count)
        if start > 0 {
            // Read together with bytes before it, which are shifted out.
            let word = raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self)
            return UInt64(littleEndian: word) >> UInt64(64 - 8 * count) | filling
        }
        var word = filling
        for index in 0..<count { word |= UInt64(raw[index]) << UInt64(8 * index) }
        return word
    }

    private static let spaces: UInt64 = 0x2020_2020_2020_2020
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let lows: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

    /// The high bit of every byte that is zero; exact, without a borrow from one byte to the next.
    @inline(__always)
    private static func zeros(in word: UInt64) -> UInt64 {
        ~(((word & lows) &+ lows) | word | lows)
    }

    /// The high bit of every quotation mark and backslash.
    @inline(__always)
    private static func marks(in word: UInt64) -> UInt64 {
        zeros(in: word ^ ones &* UInt64(UInt8(ascii: "\"")))
            | zeros(in: word ^ ones &* UInt64(UInt8(ascii: "\\")))
    }

    /// The high bit of every byte below 0x20: its upper three bits are zero.
    @inline(__always)
    private static func controls(in word: UInt64) -> UInt64 {
        zeros(in: word & ones &* 0xE0)
    }
}
