import Engine

/// When to ask for the position next: often while the rotor moves, seldom while it stands.
struct RotctldPolling: Sendable {
    private let settings: RotctldSettings
    /// When the next question is due.
    private(set) var due = Instant.start
    private var lastAnswer: Instant?
    private var last: (azimuth: Double, elevation: Double)?
    private var unmovedAnswers = RotctldPolling.settledAnswers

    /// A rotor takes a moment to start, and pauses at its ends: it counts as standing after this
    /// many answers without a change.
    private static let settledAnswers = 4

    /// Changes below this are the noise of a potentiometer, or of rounding.
    private static let noiseDegrees = 0.05

    init(settings: RotctldSettings) {
        self.settings = settings
    }

    var isMoving: Bool { unmovedAnswers < Self.settledAnswers }

    func isOverdue(at now: Instant) -> Bool {
        guard let lastAnswer else { return false }
        return lastAnswer.advanced(by: settings.longestWithoutPoll) <= now
    }

    /// The rotor has accepted a command: it may be starting to move.
    mutating func commanded(at now: Instant) {
        unmovedAnswers = 0
        due = min(due, now.advanced(by: settings.movingPollInterval))
    }

    /// The rotor has accepted a stop: whoever pressed it wants to see at once where it stands.
    mutating func stopped(at now: Instant) {
        unmovedAnswers = 0
        due = now
    }

    mutating func answered(azimuthDegrees: Double, elevationDegrees: Double, at now: Instant) {
        if let last {
            let moved =
                abs(last.azimuth - azimuthDegrees) > Self.noiseDegrees
                || abs(last.elevation - elevationDegrees) > Self.noiseDegrees
            unmovedAnswers = moved ? 0 : min(unmovedAnswers + 1, Self.settledAnswers)
        }
        last = (azimuthDegrees, elevationDegrees)
        scheduleNext(at: now)
    }

    mutating func refused(at now: Instant) {
        unmovedAnswers = Self.settledAnswers
        scheduleNext(at: now)
    }

    private mutating func scheduleNext(at now: Instant) {
        lastAnswer = now
        due = now.advanced(by: isMoving ? settings.movingPollInterval : settings.idlePollInterval)
    }
}
