import Drivers
import Engine

/// A rotctld that answers what a transcript has, and the client that was there then.
///
/// The transcript's clock starts when the driver first asks for the position. A question is
/// answered with what was answered to it at that time; a command with the next answer to the same
/// command. What was never asked stays unanswered, as by a program that does not know it, so that
/// the driver finds its own way to greet it.
struct PlayedRotctld: PlayedDevice {
    private let transcript: RotctldTranscript
    private var begin: Instant?
    private var answers = PlayedAnswers()
    private var link: LinkID?
    private var partial: [UInt8] = []
    /// By exchange: whether its answer was given.
    private var isUsed: [Bool]
    private var firstUnused = 0
    /// The exchanges of each kind of question, from the one that counts now.
    private var questions: [ArraySlice<Int>] = []
    private var cursor = 0
    private var hasRotor = false

    init(_ transcript: RotctldTranscript) {
        self.transcript = transcript
        let exchanges = transcript.exchanges
        isUsed = exchanges.map { _ in false }
        for index in exchanges.indices where exchanges[index].request.kind.isQuestion {
            let list = questions.firstIndex { list in
                list.first.map { exchanges[$0].request.isSame(as: exchanges[index].request) }
                    ?? false
            }
            if let list { questions[list].append(index) } else { questions.append([index]) }
        }
    }

    /// Answers that were given at least once.
    var used: Int { isUsed.count { $0 } }

    var end: Instant? { begin?.advanced(by: transcript.length) }

    var nextDue: Instant? {
        if !hasRotor { return .start }
        return [answers.nextDue, nextCommand].compactMap { $0 }.min()
    }

    private var nextCommand: Instant? {
        guard let begin, cursor < transcript.exchanges.count else { return nil }
        return begin.advanced(by: transcript.exchanges[cursor].at)
    }

    mutating func take(at now: Instant) -> [PlayedEvent] {
        var events = answers.take(at: now)
        if !hasRotor {
            hasRotor = true
            let geometry = transcript.geometry
            events.append(
                .command(
                    .add(
                        azimuthDegrees: geometry.azimuthDegrees,
                        elevationDegrees: geometry.elevationDegrees)))
        }
        while let due = nextCommand, due <= now {
            if let command = transcript.exchanges[cursor].request.command {
                events.append(.command(command))
            }
            cursor += 1
        }
        return events
    }

    mutating func perform(_ action: LinkAction, on link: LinkID, at now: Instant) {
        let soon = now.advanced(by: PlayedGpsd.latency)
        switch action {
        case .connect:
            self.link = link
            partial = []
            answers.send(.connected, on: link, at: soon)
        case .send(let bytes):
            guard link == self.link else { return }
            partial += bytes
            while let end = partial.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: partial[..<end], as: UTF8.self)
                partial = Array(partial[(end + 1)...])
                if line == "q" {
                    hangUp(.ended, on: link, at: soon)
                } else if let request = RotctldRequest(line) {
                    answer(request, on: link, at: now)
                }
            }
        case .close:
            guard link == self.link else { return }
            hangUp(.cancelled, on: link, at: soon)
        }
    }

    private mutating func hangUp(_ reason: LinkError, on link: LinkID, at soon: Instant) {
        answers.forget(link)
        answers.send(.closed(reason), on: link, at: soon)
        self.link = nil
    }

    private mutating func answer(_ request: RotctldRequest, on link: LinkID, at now: Instant) {
        guard let index = self.index(for: request, at: now) else {
            if request.kind == .dumpState, !transcript.greeting.isEmpty {
                answers.send(
                    .received(transcript.greeting), on: link,
                    at: now.advanced(by: PlayedGpsd.latency))
            }
            return
        }
        isUsed[index] = true
        let exchange = transcript.exchanges[index]
        for piece in exchange.reply {
            answers.send(.received(piece.bytes), on: link, at: now.advanced(by: piece.delay))
        }
        if exchange.isCutOff {
            answers.send(
                .closed(.ended), on: link, at: now.advanced(by: exchange.reply.last?.delay ?? .zero)
            )
            self.link = nil
        }
    }

    private mutating func index(for request: RotctldRequest, at now: Instant) -> Int? {
        if request.kind.isQuestion { return questionIndex(request, at: now) }
        while firstUnused < isUsed.count, isUsed[firstUnused] { firstUnused += 1 }
        let exchanges = transcript.exchanges
        let unused = (firstUnused..<exchanges.count).lazy.filter { [isUsed] in !isUsed[$0] }
        return unused.first { exchanges[$0].request.isSame(as: request) }
            ?? unused.first { exchanges[$0].request.isSameKind(as: request) }
    }

    private mutating func questionIndex(_ request: RotctldRequest, at now: Instant) -> Int? {
        guard
            let list = questions.firstIndex(where: { list in
                list.first.map { transcript.exchanges[$0].request.isSame(as: request) } ?? false
            }), let first = questions[list].first
        else { return nil }
        if begin == nil, request.kind == .getPosition {
            begin = now.advanced(by: .zero - transcript.exchanges[first].at)
        }
        // Time only goes on, and so does what was answered by then.
        while let begin, let next = questions[list].dropFirst().first,
            begin.advanced(by: transcript.exchanges[next].at) <= now
        {
            questions[list] = questions[list].dropFirst()
        }
        return questions[list].first
    }
}

extension RotctldRequest {
    /// What an operator asks for to have this sent.
    fileprivate var command: PlayedCommand? {
        switch kind {
        case .setPosition(let azimuth, let elevation):
            .point(azimuthDegrees: azimuth, elevationDegrees: elevation)
        case .stop: .stop
        case .park: .park
        case .dumpState, .getPosition, .other: nil
        }
    }
}
