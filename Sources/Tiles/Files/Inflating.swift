import CZlib

/// Inflates gzip and zlib data within a bound.
enum Inflating {
    /// Nil when the data is broken, cut, or would be longer than `most`.
    static func inflate(_ bytes: [UInt8], most: Int) -> [UInt8]? {
        // The library remembers where its state is, which must not move.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard czlib_begin_inflating(stream) == Z_OK else { return nil }
        defer { inflateEnd(stream) }
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(clamping: input.count)
            return pieces(of: stream, most: most)
        }
    }

    private static func pieces(of stream: UnsafeMutablePointer<z_stream>, most: Int) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        var output: [UInt8] = []
        while true {
            let (result, made) = piece.withUnsafeMutableBufferPointer { piece in
                stream.pointee.next_out = piece.baseAddress
                stream.pointee.avail_out = UInt32(clamping: piece.count)
                let result = CZlib.inflate(stream, Z_NO_FLUSH)
                return (result, piece.count - Int(stream.pointee.avail_out))
            }
            output += piece.prefix(made)
            guard output.count <= most else { return nil }
            if result == Z_STREAM_END { return output }
            // Without progress the data was cut.
            guard result == Z_OK else { return nil }
        }
    }

    private static let pieceBytes = 64 * 1024
}
