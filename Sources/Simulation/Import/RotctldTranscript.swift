import Drivers
import JSON

/// What was asked of one rotctld and what it answered.
package struct RotctldTranscript: Sendable, Equatable {
    struct Exchange: Sendable, Equatable {
        let request: RotctldRequest
        let at: Duration
        /// The pieces of the answer, with their times after the request; none when there was none.
        var reply: [Piece] = []
        /// rotctld hung up instead of, or after, an answer.
        var isCutOff = false

        /// What came at one time was one piece.
        mutating func add(_ bytes: ArraySlice<UInt8>, after delay: Duration) {
            if let last = reply.last, last.delay == delay {
                reply[reply.count - 1] = Piece(delay: delay, bytes: last.bytes + bytes)
            } else {
                reply.append(Piece(delay: delay, bytes: Array(bytes)))
            }
        }
    }

    struct Piece: Sendable, Equatable {
        let delay: Duration
        let bytes: [UInt8]
    }

    private(set) var exchanges: [Exchange] = []
    /// The answer to `\dump_state` when the transcript has none and every rotctld of its kind has
    /// one; empty when it had better stay unanswered.
    private(set) var greeting: [UInt8] = []

    /// When the last one was over.
    var length: Duration {
        exchanges.map { $0.at + ($0.reply.last?.delay ?? .zero) }.max() ?? .zero
    }

    /// How far the rotor must turn to obey everything that was asked of it; what it says itself in
    /// its answer to `\dump_state` goes first.
    var geometry: (azimuthDegrees: ClosedRange<Double>, elevationDegrees: ClosedRange<Double>) {
        var azimuths = 0.0...360.0
        var elevations = 0.0...90.0
        for exchange in exchanges {
            guard case .setPosition(let azimuth, let elevation) = exchange.request.kind else {
                continue
            }
            azimuths = min(azimuths.lowerBound, azimuth)...max(azimuths.upperBound, azimuth)
            elevations =
                min(elevations.lowerBound, elevation)...max(elevations.upperBound, elevation)
        }
        let wanted = capabilities
        return (
            Self.range(wanted?.azimuthDegrees ?? azimuths, within: Self.azimuthBounds)
                ?? 0...360,
            Self.range(wanted?.elevationDegrees ?? elevations, within: Self.elevationBounds)
                ?? 0...90
        )
    }

    /// What a station accepts of a rotor.
    private static let azimuthBounds = -360.0...720.0
    private static let elevationBounds = -90.0...180.0

    /// Cut to the bounds, and an azimuth to two turns; nil when nothing is left.
    private static func range(
        _ range: ClosedRange<Double>, within bounds: ClosedRange<Double>
    ) -> ClosedRange<Double>? {
        let lower = max(range.lowerBound, bounds.lowerBound)
        let most = bounds == azimuthBounds ? lower + 720 : .infinity
        let upper = min(range.upperBound, most, bounds.upperBound)
        return lower < upper ? lower...upper : nil
    }

    private var capabilities: RotorCapabilities? {
        for exchange in exchanges where exchange.request.kind == .dumpState {
            guard var parser = exchange.request.replyParser else { continue }
            if case .state(let state)? = try? parser.receive(exchange.reply.flatMap(\.bytes)) {
                return state
            }
        }
        return nil
    }

    // MARK: Reading

    /// Ours, of the shape of `Fixtures/rotctld`.
    init(jsonLines bytes: [UInt8], _ limits: ImportLimits) throws(ImportProblem) {
        var assembly = RotctldTranscriptAssembly()
        for line in try TranscriptLine.read(bytes, limits) {
            switch line.direction {
            case .toDevice: assembly.asked(line.bytes, at: line.at)
            case .fromDevice: assembly.answered(line.bytes, at: line.at)
            case .event: if line.isEnd { assembly.ended() }
            }
        }
        exchanges = assembly.exchanges
        try check()
    }

    /// Commands and answers as they stand on a terminal, one a line, without times: each command is
    /// taken to come a quarter of a second after the last, as from a client that follows a rotor.
    init(text bytes: [UInt8], _ limits: ImportLimits) throws(ImportProblem) {
        var assembly = RotctldTranscriptAssembly()
        var at = Duration.zero
        for line in try LogLines.read(bytes, limits) where !line.bytes.isEmpty {
            let content = Array(line.bytes) + [UInt8(ascii: "\n")]
            if assembly.isAwaitingReply(endedBy: line.text) {
                assembly.answered(content, at: at + Self.assumedLatency)
            } else if RotctldRequest(line.text) != nil {
                at += Self.assumedInterval
                guard at <= limits.longest else { throw .tooLong(limits.longest) }
                assembly.asked(content, at: at)
            } else {
                assembly.answered(content, at: at + Self.assumedLatency)
            }
        }
        exchanges = assembly.exchanges
        try check()
    }

    private static let assumedInterval = Duration.milliseconds(250)
    private static let assumedLatency = Duration.milliseconds(2)

    private mutating func check() throws(ImportProblem) {
        let positions = exchanges.filter { exchange in
            exchange.request.kind == .getPosition && !exchange.reply.isEmpty
        }
        guard !positions.isEmpty else { throw .noPositions }
        greeting = positions.contains { $0.request.dialect == .extended } ? state : []
    }

    /// What a rotctld that knows the extended dialect says when it is asked for its state.
    private var state: [UInt8] {
        let (azimuths, elevations) = geometry
        let lines = [
            "1", "1", "min_az=\(azimuths.lowerBound)", "max_az=\(azimuths.upperBound)",
            "min_el=\(elevations.lowerBound)", "max_el=\(elevations.upperBound)", "south_zero=0",
            "rot_type=AzEl", "done",
        ]
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}
