import Engine
import Glibc
import Recording

/// Shows the turns of a replay as they are run, and waits between them.
struct ReplayPacing {
    private let speed: WrittenSpeed
    private let from: WrittenMoment?
    private let gap: Duration?
    private let context: CommandContext
    private var timeline: Timeline
    private var text: TimelineText
    private var next: TimelineEntry?
    private var last: Instant?

    init(
        _ reader: RecordingReader, speed: WrittenSpeed, from: WrittenMoment?, gap: Duration?,
        _ context: CommandContext
    ) {
        self.speed = speed
        self.from = from
        self.gap = gap
        self.context = context
        timeline = Timeline(reader)
        text = TimelineText(TimelineText.Style.detected(in: context.environment))
    }

    /// Waits until it is the turn's time, and shows what is in it.
    mutating func wait(for turn: RecordedTurn) throws(RecordingError) {
        guard speed != .max else { return }
        let lines = try lines(of: turn)
        guard from.map({ $0.isReached(by: turn) }) ?? true else { return }
        defer { last = turn.at }
        switch speed {
        case .max: break
        case .step:
            context.print("turn \(turn.number), Enter runs it ")
            var character = getchar()
            while character != EOF, character != 10 { character = getchar() }
        case .factor(let factor):
            var wait = last.map { $0.duration(to: turn.at) / factor } ?? .zero
            if let gap { wait = min(wait, gap) }
            SystemThread.sleep(wait)
        }
        context.print(lines)
    }

    private mutating func lines(of turn: RecordedTurn) throws(RecordingError) -> String {
        var lines = ""
        while true {
            if next == nil { next = try timeline.next() }
            guard let entry = next, entry.turn <= turn.number else { return lines }
            if entry.turn == turn.number { lines += text.line(entry) }
            next = nil
        }
    }
}
