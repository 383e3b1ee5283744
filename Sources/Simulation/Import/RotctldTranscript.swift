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
    }

    struct Piece: Sendable, Equatable {
        let delay: Duration
        let bytes: [UInt8]
    }

    private(set) var exchanges: [Exchange] = []

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
        return (capabilities?.azimuthDegrees ?? azimuths, capabilities?.elevationDegrees ?? elevations)
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

    private func check() throws(ImportProblem) {
        let tellsWhere = exchanges.contains { exchange in
            exchange.request.kind == .getPosition && !exchange.reply.isEmpty
        }
        guard tellsWhere else { throw .noPositions }
    }
}
