import Pointing
import Recording
import Simulation

/// `boresight redact`.
enum Redact {
    private static let file = Argument<String>("FILE", "a recording")
    private static let out = Argument<String>("OUT", "where the redacted one goes")
    private static let place = Option<WrittenPosition>(
        "move-to", default: "0,0", "where the antenna shall seem to have stood")

    static let command = Command(
        "redact", "Move a recording to another place before it is given away",
        discussion: """
            Tokens are pseudonyms in every recording. This moves positions too: the
            station's, the phones' and the targets', with directions and distances kept.
            The result replays like the original.
            """,
        arguments: [file.declaration, out.declaration], options: [place.declaration], run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let source = try RecordingSource(path: try invocation.required(file), context)
        let reader = try source.readerFromStart()
        let written = invocation[place]
        let moved: MovedRecording
        do {
            moved = try MovedRecording(
                reader,
                to: try GeodeticPosition(
                    latitudeDegrees: written?.latitudeDegrees ?? 0,
                    longitudeDegrees: written?.longitudeDegrees ?? 0,
                    altitudeMeters: written?.altitudeMetres ?? 0))
        } catch {
            throw source.failure(error)
        }
        let path = try invocation.required(out)
        try FileReplacement.write(moved.text.bytes, to: path)
        context.print("\(path): \(Words.count(moved.positions, "message")) moved\n")
        return .success
    }
}
