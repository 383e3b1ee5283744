import Recording

/// Reads recordings from the disk, parts joined.
enum RecordingFiles {
    /// The largest recording that is read: eight parts of 256 MB and a little more. It is read
    /// whole, so this is memory too.
    private static let maxBytes = 2_200_000_000

    static func reader(
        _ path: String, _ context: CommandContext
    ) throws(CommandFailure) -> RecordingReader {
        let bytes = try bytes(path, context)
        do throws(RecordingError) {
            return try RecordingReader(bytes)
        } catch {
            throw failure(path, error)
        }
    }

    static func bytes(_ path: String, _ context: CommandContext) throws(CommandFailure) -> [UInt8] {
        let parts = RecordingParts.existing(path)
        var contents: [[UInt8]] = []
        for part in parts.isEmpty ? [path] : parts {
            do throws(FileProblem) {
                contents.append(try context.readFile(part, maxBytes))
            } catch {
                throw CommandFailure(.failure, "\(part): \(error.message)")
            }
        }
        return RecordingParts.joined(contents)
    }

    static func failure(_ path: String, _ error: any Error) -> CommandFailure {
        if let error = error as? RecordingError {
            return CommandFailure(.failure, "\(path), \(error)")
        }
        if let failure = error as? CommandFailure { return failure }
        return CommandFailure(.failure, "\(path): \(error)")
    }

    static func requireStart(
        _ reader: RecordingReader, _ path: String
    ) throws(CommandFailure) {
        guard !reader.header.isFromStart else { return }
        throw CommandFailure(
            .failure, "\(path) holds the last minutes of a longer run and cannot be replayed",
            hint: "look at it with 'boresight trace', or replay its devices: 'replay --serve'")
    }
}
