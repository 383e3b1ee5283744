/// How many pixels the side of a square picture has, as its first bytes say.
enum PictureSize {
    /// Sides that tiles have in practice; others are a mistake of the file or of ours.
    private static let sides = 64...4096

    static func side(of bytes: [UInt8]) -> Int? {
        let size: (width: Int, height: Int)? =
            switch TileFormat(of: bytes) {
            case .png: png(bytes)
            case .jpg: jpeg(bytes)
            case .webp: webp(bytes)
            case .avif, .mvt, nil: nil
            }
        guard let size, size.width == size.height, sides.contains(size.width) else { return nil }
        return size.width
    }

    /// The first chunk is IHDR (PNG §11.2.2).
    private static func png(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        guard let width = big(bytes, 16, 4), let height = big(bytes, 20, 4) else { return nil }
        return (width, height)
    }

    /// Segments up to the frame header SOFn (ISO/IEC 10918-1, B.2.2).
    private static func jpeg(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        var place = 2
        while let mark = big(bytes, place, 2), mark >= 0xFF00, let length = big(bytes, place + 2, 2)
        {
            // Not the Huffman tables, the reserved one, and the arithmetic conditioning.
            if (0xFFC0...0xFFCF).contains(mark), ![0xFFC4, 0xFFC8, 0xFFCC].contains(mark) {
                guard let height = big(bytes, place + 5, 2), let width = big(bytes, place + 7, 2)
                else { return nil }
                return (width, height)
            }
            guard length >= 2 else { return nil }
            place += 2 + length
        }
        return nil
    }

    /// The three kinds of a first chunk (RFC 9649 §2.5 to §2.7).
    private static func webp(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        let kind = bytes.dropFirst(12).prefix(4)
        if kind.elementsEqual("VP8 ".utf8) {
            guard let width = little(bytes, 26, 2), let height = little(bytes, 28, 2) else {
                return nil
            }
            return (width & 0x3FFF, height & 0x3FFF)
        }
        if kind.elementsEqual("VP8L".utf8) {
            guard let bits = little(bytes, 21, 4) else { return nil }
            return (bits & 0x3FFF + 1, (bits >> 14) & 0x3FFF + 1)
        }
        guard kind.elementsEqual("VP8X".utf8), let width = little(bytes, 24, 3),
            let height = little(bytes, 27, 3)
        else { return nil }
        return (width + 1, height + 1)
    }

    private static func big(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int? {
        guard place + count <= bytes.count else { return nil }
        return bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int? {
        guard place + count <= bytes.count else { return nil }
        return bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
