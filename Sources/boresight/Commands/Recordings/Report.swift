import Engine
import Recording

/// `boresight report`.
enum Report {
    private static let out = Argument<String>("FILE", "where the report goes")
    private static let last = Option<WrittenDuration>(
        "last", "only this long; such a report can be looked at, but not replayed")
    private static let before = Flag(
        "before", "from before the daemon's last start, for instance after a crash")

    static let command = Command(
        "report", "Save what the station has seen in its last minutes",
        discussion: """
            Reads the history that the daemon keeps in its data folder; it need not run. As
            long as nothing had to be dropped the report begins with the daemon's start and
            can be replayed.
            """,
        arguments: [out.declaration],
        options: [
            last.declaration, before.declaration, Settings.Declared.data.declaration.option,
            Settings.Declared.historyFolder.declaration.option,
        ],
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let settings = try Configuration.load(invocation, context).settings
        let path =
            invocation[before]
            ? History.lastPath(settings.historyFolder) : History.path(settings.historyFolder)
        guard !RecordingParts.existing(path).isEmpty else {
            throw CommandFailure(
                .failure, "there is no history in \(settings.historyFolder)",
                hint: "the daemon keeps one unless the setting history is 0MB; see also --data and --history-folder")
        }
        let source = try RecordingSource(path: path, context)
        let report: ReportText
        do throws(RecordingError) {
            report = try ReportText(source.bytes, last: invocation[last]?.duration)
        } catch {
            throw source.failure(error)
        }
        let file = try invocation.required(out)
        try FileReplacement.write(report.bytes, to: file)
        let span = Double(report.start.duration(to: report.end).nanoseconds) / 1e9
        context.print(
            "\(file): \(report.turns) turns, \(Words.seconds(span))"
                + (report.isFromStart ? ", replayable from the start\n" : "\n"))
        return .success
    }
}
