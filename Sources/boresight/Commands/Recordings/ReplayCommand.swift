import Engine
import Recording
import Simulation

/// `boresight replay`.
enum ReplayCommand {
    private static let file = Argument<String>("FILE", "a recording")
    private static let speed = Option<WrittenSpeed>(
        "speed", default: "max", "how fast: 1 as it was, 20x, max, or step by step with Enter")
    private static let until = Option<WrittenMoment>(
        "until", "stop after this engine event, or this time since the start")
    private static let from = Option<WrittenMoment>(
        "from", "show nothing and do not wait before this event or time")
    private static let gap = Option<WrittenDuration>(
        "max-gap", "wait no longer than this between two turns")

    static let command = Command(
        "replay", "Run a recording again in the same actors",
        discussion: """
            In virtual time, bit for bit: every event of the core must come again as it was.
            At another speed than max each turn is shown when it is run. Exits with 1 at the
            first difference and shows both sides of it.
            """,
        arguments: [file.declaration],
        options: [
            speed.declaration, from.declaration, until.declaration, gap.declaration,
        ] + ReplayServe.options,
        run: run)

    static func from(_ invocation: Invocation) -> WrittenMoment? { invocation[from] }
    static func gap(_ invocation: Invocation) -> Duration? { invocation[gap]?.duration }

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let path = try invocation.required(file)
        if invocation[ReplayServe.serve] {
            return try ReplayServe.run(path, invocation, context)
        }
        let source = try RecordingSource(path: path, context)
        var reader = try source.readerFromStart()
        var pacing = ReplayPacing(
            reader, speed: invocation[speed] ?? .max, from: invocation[from],
            gap: invocation[gap]?.duration, context)
        let started = MonotonicStopwatch()
        let result: ExactReplay.Result
        do {
            result = try ExactReplay.run(
                &reader, sees: { try pacing.wait(for: $0) },
                isDone: { turn in invocation[until].map { $0.isReached(by: turn) } ?? false })
        } catch {
            throw source.failure(error)
        }
        context.print(summary(result, reader, seconds: started.seconds))
        guard let divergence = result.divergence else { return .success }
        context.printError(text(divergence, path))
        return .failure
    }

    private static func summary(
        _ result: ExactReplay.Result, _ reader: RecordingReader, seconds: Double
    ) -> String {
        let station = Double(result.end.nanoseconds) / 1e9
        var text =
            "\(result.turns) turns, \(result.events) events: \(Words.seconds(station)) of the "
            + "station in \(Words.seconds(seconds))\n"
        if result.divergence == nil, result.turns > 0 {
            text += "trace \(Words.trace(result.trace)), as recorded\n"
        }
        if reader.droppedLines > 0 {
            text +=
                "the last \(Words.count(reader.droppedLines, "line")) belonged to a turn that was "
                + "cut off\n"
        }
        return text
    }

    private static func text(_ divergence: Divergence, _ path: String) -> String {
        var text =
            "boresight: \(path), line \(divergence.line): turn \(divergence.turn) at "
            + "\(DifferenceText.seconds(divergence.at)) differs from event \(divergence.event) on\n"
        text += "  recorded: \(divergence.recorded ?? "nothing more")\n"
        text += "  now:      \(divergence.replayed ?? "nothing more")\n"
        if let cause = divergence.cause { text += "  after:    \(cause)\n" }
        return text
    }
}

/// How fast a replay runs.
enum WrittenSpeed: TextValue, Equatable {
    case factor(Double)
    case max
    case step

    static let placeholder = "1|20x|max|step"

    init(text: String) throws(TextValueProblem) {
        switch text {
        case "max": self = .max
        case "step": self = .step
        default:
            let digits = text.hasSuffix("x") ? text.dropLast() : text[...]
            guard let factor = Double(digits), factor > 0, factor <= 1e6 else {
                throw TextValueProblem("is not a speed such as 1, 20x, 0.5x, max or step")
            }
            self = .factor(factor)
        }
    }
}

/// An engine event by its number, or a time since the start.
enum WrittenMoment: TextValue, Equatable {
    case event(UInt64)
    case time(Duration)

    static let placeholder = "EVENT|TIME"

    init(text: String) throws(TextValueProblem) {
        if let event = UInt64(text) {
            self = .event(event)
        } else if let written = try? WrittenDuration(text: text) {
            self = .time(written.duration)
        } else {
            throw TextValueProblem("is not an event number, nor a time such as 90s or 5m")
        }
    }

    func isReached(by turn: RecordedTurn) -> Bool {
        switch self {
        case .event(let event): turn.events >= event
        case .time(let time): Instant.start.duration(to: turn.at) >= time
        }
    }
}

/// Measures how long something takes, for a summary.
struct MonotonicStopwatch {
    private let started = ContinuousClock.now

    var seconds: Double {
        Double(started.duration(to: .now).nanoseconds) / 1e9
    }
}
