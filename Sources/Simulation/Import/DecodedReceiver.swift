/// What gpsd made of a receiver's bytes, without what differs from one decoding to the next.
enum DecodedReceiver {
    /// Replaces the path of the line that gpsd read, and the times of the machine's clock.
    static func settled(_ json: [UInt8], device: String) -> [UInt8] {
        var text = String(decoding: json, as: UTF8.self)
        text = text.split(separator: "\"" + device + "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"/dev/receiver\"")
        let pieces = text.split(separator: activated, omittingEmptySubsequences: false)
        text =
            pieces.prefix(1).joined()
            + pieces.dropFirst().map { piece in
                activated + unknownTime + piece.drop { $0 != "\"" }
            }.joined()
        return Array(text.utf8)
    }

    private static let activated = #""activated":""#
    private static let unknownTime = "1970-01-01T00:00:00.000Z"
}
