import Recording

/// The files of a recording that a command reads.
struct RecordingSource {
    /// One file and how many of its lines count among those of the whole recording.
    private struct Part {
        let path: String
        let lines: Int
    }

    private let parts: [Part]
    let bytes: [UInt8]

    /// What all parts may have together: far more than a station keeps, and less than the memory of
    /// a laptop.
    private static let mostBytes = 4 << 30

    /// Reads PATH and its parts PATH.1, PATH.2 and so on, those that there are.
    init(path: String, _ context: CommandContext) throws(CommandFailure) {
        var paths = RecordingParts.existing(path)
        if paths.isEmpty { paths = [path] }
        var parts: [Part] = []
        var contents: [[UInt8]] = []
        var total = 0
        for path in paths {
            let content: [UInt8]
            do throws(FileProblem) {
                content = try context.readFile(path, Self.mostBytes - total)
            } catch {
                throw CommandFailure(.failure, "cannot read \(path): \(error.message)")
            }
            total += content.count
            let lines = content.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
            // The header of a later part is not repeated.
            parts.append(Part(path: path, lines: parts.isEmpty ? lines : max(0, lines - 1)))
            contents.append(content)
        }
        self.parts = parts
        bytes = RecordingParts.joined(contents)
    }

    var lastPart: String { parts.last?.path ?? "" }

    func reader() throws(CommandFailure) -> RecordingReader {
        do throws(RecordingError) {
            return try RecordingReader(bytes)
        } catch {
            throw failure(error)
        }
    }

    /// A reader at the beginning of a run.
    func readerFromStart() throws(CommandFailure) -> RecordingReader {
        let reader = try reader()
        guard reader.header.isFromStart else {
            throw CommandFailure(
                .failure,
                "\(parts.first?.path ?? "") holds the last minutes of a longer run and cannot be "
                    + "replayed",
                hint: "look at it with 'boresight trace', or replay its devices: 'replay --serve'")
        }
        return reader
    }

    /// What a replay threw, with the file in it.
    func failure(_ error: any Error) -> CommandFailure {
        if let error = error as? RecordingError { return failure(error) }
        if let failure = error as? CommandFailure { return failure }
        return CommandFailure(.failure, "\(parts.first?.path ?? ""): \(error)")
    }

    /// The error with the file and the line in it.
    func failure(_ error: RecordingError) -> CommandFailure {
        var line = error.line
        for (index, part) in parts.enumerated() {
            if line <= part.lines || index == parts.count - 1 {
                let inFile = index == 0 ? line : line + 1
                return CommandFailure(.failure, "\(part.path):\(inFile): \(error.problem)")
            }
            line -= part.lines
        }
        return CommandFailure(.failure, error.description)
    }
}
