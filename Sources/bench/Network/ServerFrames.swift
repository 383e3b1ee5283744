/// Unmasked frames of a server (RFC 6455 §5.2).
enum ServerFrames {
    /// Hands over what is whole; the bytes that it took.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, text: (UnsafeBufferPointer<UInt8>) -> Void,
        ping: () -> Void
    ) -> Int {
        var position = 0
        while bytes.count - position >= 4 {
            var length = Int(bytes[position + 1] & 0x7F)
            var header = 2
            if length == 126 {
                length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
                header = 4
            }
            let end = position + header + length
            guard end <= bytes.count else { break }
            switch bytes[position] & 0x0F {
            case 1: text(UnsafeBufferPointer(rebasing: bytes[(position + header)..<end]))
            case 9: ping()
            default: break
            }
            position = end
        }
        return position
    }
}
