/// The lines of a captured conversation, as JSON.
enum CaptureLines {
    /// Whose bytes a line has.
    enum Side: String, Sendable {
        case client
        case server
    }

    /// Why a capture has no more lines.
    enum End: String, Sendable {
        case closed
        /// The file has reached its limit.
        case full
        /// The disk was too slow for the bytes, or refused them.
        case dropped
    }

    static func header(started: String) -> [UInt8] {
        let head = #"{"format":"boresight.viewer","version":1,"started":""#
        return Array("\(head)\(started.filter(isPlain))\"}\n".utf8)
    }

    /// A time needs no escapes; nothing else may break the line.
    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && character >= " " && character != "\"" && character != "\\"
    }

    /// - Parameter time: from the opening of the bridge.
    static func data(_ bytes: [UInt8], from side: Side, at time: Duration) -> [UInt8] {
        Array(#"{"t":\#(seconds(time)),"from":"\#(side.rawValue)","data":""#.utf8)
            + Base64.digits(bytes) + Array("\"}\n".utf8)
    }

    static func end(_ end: End, at time: Duration) -> [UInt8] {
        Array(#"{"t":\#(seconds(time)),"end":"\#(end.rawValue)"}"#.utf8) + [UInt8(ascii: "\n")]
    }

    /// The longest line of an end: 19 digits of seconds, which a bridge does not live.
    static let endBytesMax = 64

    private static func seconds(_ time: Duration) -> String {
        let (seconds, attoseconds) = time.components
        let micro = String(attoseconds / 1_000_000_000_000)
        return "\(seconds)." + String(repeating: "0", count: 6 - micro.count) + micro
    }
}
