import Glibc

/// How large a recording may grow before its oldest part is deleted.
package struct RecordingSize: Sendable, Equatable {
    package var partBytes: Int
    package var parts: Int

    package init(partBytes: Int, parts: Int) {
        self.partBytes = partBytes
        self.parts = parts
    }
}

/// A recording on the disk: `PATH`, then `PATH.1`, `PATH.2` and so on as each part is full.
///
/// Every part begins with the header. When there are more parts than may be kept the oldest is
/// deleted: what is left can be looked at, but not replayed from the start.
///
/// Confined to the recorder's thread.
final class RecordingFile {
    let path: String
    private let header: RecordingHeader
    private let size: RecordingSize
    private var part: RecordingPart
    private var number = 0

    /// - Parameter start: the lines of the store's rows, which only the first part has.
    init(
        path: String, header: RecordingHeader, start: [UInt8], size: RecordingSize
    ) throws(RecordingFileError) {
        self.path = path
        self.header = header
        self.size = size
        var part = try RecordingPart(path: path)
        try part.append((Self.line(header) + start)[...])
        self.part = part
    }

    /// Appends the lines of whole turns.
    func append(_ lines: ArraySlice<UInt8>) throws(RecordingFileError) {
        if part.bytes > 0, part.bytes + lines.count > size.partBytes { try rotate() }
        try part.append(lines)
    }

    func synchronize() {
        part.synchronize()
    }

    private func rotate() throws(RecordingFileError) {
        // The full part is not forced to the disk: the kernel writes it within half a minute, and
        // of a busy station's history most is deleted before.
        number += 1
        part = try RecordingPart(path: RecordingParts.path(path, number))
        if number >= size.parts { unlink(RecordingParts.path(path, number - size.parts)) }
        var header = header
        header.isFromStart = false
        try part.append(Self.line(header)[...])
    }

    private static func line(_ header: RecordingHeader) -> [UInt8] {
        LineEncoder(redaction: nil).header(header) + [UInt8(ascii: "\n")]
    }
}
