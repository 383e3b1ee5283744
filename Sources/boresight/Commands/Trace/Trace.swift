import Glibc
import JSON
import Recording

/// `boresight trace`: looks at a recording.
enum Trace {
    private static let file = Argument<String>(
        "FILE", "a recording, of serve --record or of a simulation")
    private static let stream = Option<String>(
        "stream", placeholder: "PATTERN", repeatable: true,
        "only these streams; * stands for anything, as in 'ws/*'")
    private static let kind = Option<EntryKind>("kind", repeatable: true, "only these entries")
    private static let from = Option<WrittenTimePoint>("from", "from this time on")
    private static let until = Option<WrittenTimePoint>("until", "before this time")
    private static let events = Option<WrittenEvents>("event", "only what these events did")
    private static let html = Option<String>(
        "html", placeholder: "OUT", "write a page for a browser instead")
    private static let perfetto = Option<String>(
        "perfetto", placeholder: "OUT", "write a trace for ui.perfetto.dev instead")

    static let command = Command(
        "trace", "Look at a recording",
        discussion: """
            Shows what entered and left the station, what its timers did and what it
            said, in order: seconds since the start, wall clock in UTC, number of the
            event, stream, content. TIME is a duration since the start, such as 90s, or
            a time in UTC, such as 2026-11-21T06:22:01Z or 06:22:01. A recording in
            parts (FILE.1, FILE.2) is read as one.
            """,
        arguments: [file.declaration],
        options: [
            stream.declaration, kind.declaration, from.declaration, until.declaration,
            events.declaration, html.declaration, perfetto.declaration,
            OutputFormat.option.declaration,
        ],
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let path = try invocation.required(file)
        let source = try RecordingSource(path: path, context)
        let reader = try source.reader()
        let filter = filter(invocation, reader.header)
        var isPicture = false
        if let out = invocation[html] {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            try picture(out, source, reader, filter, ViewLimits(), context) { scene in
                TracePage.html(scene, name: name)
            }
            isPicture = true
        }
        if let out = invocation[perfetto] {
            var limits = ViewLimits()
            limits.entries = ViewLimits.perfettoEntries
            try picture(out, source, reader, filter, limits, context, PerfettoTrace.json)
            isPicture = true
        }
        guard !isPicture else { return .success }
        switch invocation.outputFormat {
        case .table: try table(source, reader, filter, context)
        case .json: try json(source, reader, filter, context)
        }
        return .success
    }

    private static func filter(
        _ invocation: Invocation, _ header: RecordingHeader
    ) -> TimelineFilter {
        var filter = TimelineFilter()
        filter.streams = invocation.all(stream).map(WildcardPattern.init)
        filter.kinds = invocation.all(kind).map(\.kind)
        filter.from = invocation[from]?.point(of: header.utc)
        filter.until = invocation[until]?.point(of: header.utc)
        filter.events = invocation[events]?.range
        return filter
    }

    // MARK: Results

    private static func table(
        _ source: RecordingSource, _ reader: RecordingReader, _ filter: TimelineFilter,
        _ context: CommandContext
    ) throws(CommandFailure) {
        var lines = TimelineText(TimelineText.Style.detected(in: context.environment))
        context.print(TimelineText.heading(reader.header))
        try each(source, reader, filter, context) { entry in lines.line(entry) }
    }

    /// One array, with a line for each entry.
    private static func json(
        _ source: RecordingSource, _ reader: RecordingReader, _ filter: TimelineFilter,
        _ context: CommandContext
    ) throws(CommandFailure) {
        var separator = "[\n"
        try each(source, reader, filter, context) { entry in
            defer { separator = ",\n" }
            return separator + JSONValue.object(entry.json).text
        }
        context.print((separator == "[\n" ? "[" : "\n") + "]\n")
    }

    /// Prints the entries that are wanted, and says what a cut took.
    private static func each(
        _ source: RecordingSource, _ reader: RecordingReader, _ filter: TimelineFilter,
        _ context: CommandContext, _ text: (TimelineEntry) -> String
    ) throws(CommandFailure) {
        var timeline = Timeline(reader)
        var block = ""
        defer { if !block.isEmpty { context.print(block) } }
        do throws(RecordingError) {
            while let entry = try timeline.next() {
                guard filter.matches(entry) else { continue }
                block += text(entry)
                guard block.utf8.count > blockBytes else { continue }
                context.print(block)
                block = ""
            }
        } catch {
            throw source.failure(error)
        }
        warn(of: timeline.droppedLines, source, context)
    }

    /// What is written at once.
    private static let blockBytes = 32_768

    private static func picture(
        _ out: String, _ source: RecordingSource, _ reader: RecordingReader,
        _ filter: TimelineFilter, _ limits: ViewLimits, _ context: CommandContext,
        _ bytes: (Scene) -> [UInt8]
    ) throws(CommandFailure) {
        let scene: Scene
        do throws(RecordingError) {
            scene = try Scene(reader, filter, limits: limits)
        } catch {
            throw source.failure(error)
        }
        let content = bytes(scene)
        try FileReplacement.write(content, to: out)
        context.print("\(out): \(scene.entries.count) entries, \(content.count / 1000) kB\n")
        if scene.leftOut > 0 {
            context.printError(
                "boresight: \(scene.leftOut) entries did not fit and are left out; "
                    + "choose with --from, --until, --stream or --kind\n")
        }
        warn(of: scene.droppedLines, source, context)
    }

    private static func warn(
        of lines: Int, _ source: RecordingSource, _ context: CommandContext
    ) {
        guard lines > 0 else { return }
        context.printError(
            "boresight: \(source.lastPart) was cut: its last \(lines) "
                + "\(lines == 1 ? "line belongs" : "lines belong") to no whole turn\n")
    }
}

extension Invocation {
    /// All values of an option that may be given several times.
    fileprivate func values<Value>(of option: Option<Value>) -> [Value] {
        (optionTexts[option.declaration.name] ?? []).compactMap { try? Value(text: $0) }
    }
}

extension TimelineText.Style {
    /// Colours on a terminal, unless NO_COLOR (no-color.org) or the terminal forbids them.
    static func detected(in environment: [String: String]) -> TimelineText.Style {
        guard isatty(STDOUT_FILENO) == 1, environment["NO_COLOR", default: ""].isEmpty,
            environment["TERM", default: "dumb"] != "dumb"
        else { return .plain }
        return .coloured
    }
}
