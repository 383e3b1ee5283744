import Glibc

/// The files that a recorder writes at the moment. Confined to its thread.
final class RecorderFiles {
    private let header: RecordingHeader
    /// The lines of the store's rows.
    private let start: [UInt8]
    private let report: @Sendable (Recorder.News) -> Void
    private var files: [RecordingFile] = []
    /// Where everything since the start is, for as long as its parts are kept.
    private var history: RecordingFile?
    /// Whether turns have passed that a file begun now could not have.
    private var hasBegun = false

    init(
        header: RecordingHeader, start: [UInt8], report: @escaping @Sendable (Recorder.News) -> Void
    ) {
        self.header = header
        self.start = start
        self.report = report
    }

    /// Begins a file; what the history knows comes first.
    ///
    /// - Parameter hasMissed: turns have gone by that nobody wrote down.
    func begin(_ path: String, _ size: RecordingSize, isHistory: Bool, hasMissed: Bool) {
        hasBegun = hasBegun || hasMissed
        do throws(RecordingFileError) {
            let file = try opened(path, size)
            files.append(file)
            if isHistory { history = file }
            report(.started(path: path))
        } catch {
            report(.ended(path: path, reason: error.description))
        }
    }

    private func opened(
        _ path: String, _ size: RecordingSize
    ) throws(RecordingFileError) -> RecordingFile {
        var header = header
        guard let history else {
            header.isFromStart = !hasBegun
            return try RecordingFile(
                path: path, header: header, start: hasBegun ? [] : start, size: size)
        }
        let parts = RecordingParts.existing(history.path)
        header.isFromStart = parts.first == history.path
        let file = try RecordingFile(
            path: path, header: header, start: header.isFromStart ? start : [], size: size)
        // The copy is read in one go: the history's parts are bounded.
        var known = RecordingParts.joined(parts.compactMap(Self.contents))
        var skipped = 1
        if header.isFromStart { skipped += start.count(where: { $0 == UInt8(ascii: "\n") }) }
        for _ in 0..<skipped {
            guard let end = known.firstIndex(of: UInt8(ascii: "\n")) else { break }
            known.removeFirst(end + 1)
        }
        try file.append(known[...])
        return file
    }

    /// Adds the lines of whole turns to every file; one that cannot be written is given up.
    func append(_ lines: ArraySlice<UInt8>) {
        guard !lines.isEmpty else { return }
        hasBegun = true
        for file in files {
            do throws(RecordingFileError) {
                try file.append(lines)
            } catch {
                end(file.path, reason: error.description)
            }
        }
    }

    var isWriting: Bool { !files.isEmpty }

    func end(_ path: String) {
        end(path, reason: "asked to")
    }

    func endAll(_ reason: String) {
        for file in files { end(file.path, reason: reason) }
    }

    func close() {
        for file in files { file.synchronize() }
        files = []
        history = nil
    }

    private func end(_ path: String, reason: String) {
        guard let index = files.firstIndex(where: { $0.path == path }) else { return }
        files[index].synchronize()
        if files[index] === history { history = nil }
        files.remove(at: index)
        report(.ended(path: path, reason: reason))
    }

    private static func contents(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&block, 1, block.count, file)
            guard count > 0 else { return bytes }
            bytes += block[..<count]
        }
    }
}
