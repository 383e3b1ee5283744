/// Puts the answer to one line together from however the bytes arrive: it ends with `RPRT` and a
/// code, whatever it says before.
///
/// Source: the manual page rotctld(1), "Extended Response Protocol".
package struct RotctldLineReply: Sendable {
    private let limits: RotctldOrderLimits
    private var line: [UInt8] = []
    private var received = 0

    package init(limits: RotctldOrderLimits = RotctldOrderLimits()) {
        self.limits = limits
    }

    /// Takes bytes as they came; the code of `RPRT` once it has come, nil before.
    ///
    /// Bytes behind it are `unsolicited`: they answer a second command on the line.
    package mutating func receive(_ bytes: [UInt8]) throws(RotctldReplyError) -> Int? {
        received += bytes.count
        guard received <= limits.replyBytes else { throw .replyTooLong }
        var code: Int?
        for byte in bytes {
            guard code == nil else { throw .unsolicited }
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                continue
            }
            code = RotctldReplyParser.reportCode(String(decoding: line, as: UTF8.self))
            line.removeAll(keepingCapacity: true)
        }
        return code
    }
}

/// Bounds of an operator's lines to rotctld and of the answers.
package struct RotctldOrderLimits: Sendable {
    /// Lines of one order: a calibration of a rotor is about ten.
    package var lines = 32
    /// Bytes of one line; rotctld itself reads 1024.
    package var lineBytes = 256
    /// Bytes of one answer; the longest, `dump_caps`, has under 4000.
    package var replyBytes = 64 * 1024

    package init() {}
}
