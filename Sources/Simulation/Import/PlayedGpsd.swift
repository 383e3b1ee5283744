import Drivers
import Engine

/// A gpsd that says what a timeline has.
///
/// The timeline begins when the driver first enables watching, and then goes on whether anybody
/// listens or not, as a receiver does.
struct PlayedGpsd: PlayedDevice {
    private let timeline: DeviceTimeline
    private var begin: Instant?
    private var cursor = 0
    private var isUp = true
    private var answers = PlayedAnswers()
    private var link: LinkID?
    private var isWatched = false
    private var partial: [UInt8] = []
    private var devices = DeviceTimeline.line(
        #"{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/receiver"}]}"#.utf8)
    /// Moments that the driver was not connected for.
    private(set) var unheard = 0

    /// A connection of the loopback interface answers in less.
    static let latency = Duration.milliseconds(1)

    init(_ timeline: DeviceTimeline) {
        self.timeline = timeline
    }

    var end: Instant? { begin?.advanced(by: timeline.length) }

    var nextDue: Instant? {
        [answers.nextDue, nextMoment].compactMap { $0 }.min()
    }

    private var nextMoment: Instant? {
        guard let begin, cursor < timeline.moments.count else { return nil }
        return begin.advanced(by: timeline.moments[cursor].at)
    }

    mutating func perform(_ action: LinkAction, on link: LinkID, at now: Instant) {
        let soon = now.advanced(by: Self.latency)
        switch action {
        case .connect:
            guard isUp else { return answers.send(.closed(.refused), on: link, at: soon) }
            self.link = link
            isWatched = false
            partial = []
            answers.send(.connected, on: link, at: soon)
            answers.send(.received(timeline.greeting), on: link, at: soon)
        case .send(let bytes):
            guard link == self.link else { return }
            partial += bytes
            while let end = partial.firstIndex(of: UInt8(ascii: "\n")) {
                hear(String(decoding: partial[..<end], as: UTF8.self), on: link, at: soon)
                partial = Array(partial[(end + 1)...])
            }
        case .close:
            guard link == self.link else { return }
            answers.forget(link)
            answers.send(.closed(.cancelled), on: link, at: soon)
            self.link = nil
        }
    }

    private mutating func hear(_ request: String, on link: LinkID, at soon: Instant) {
        if request.hasPrefix("?WATCH=") {
            isWatched = true
            begin = begin ?? soon
        } else if request.hasPrefix("?DEVICES") {
            answers.send(.received(devices), on: link, at: soon)
        }
    }

    mutating func take(at now: Instant) -> [PlayedEvent] {
        var events = answers.take(at: now)
        while let due = nextMoment, due <= now {
            let happening = timeline.moments[cursor].happening
            cursor += 1
            events += play(happening)
        }
        return events
    }

    private mutating func play(_ happening: DeviceTimeline.Happening) -> [PlayedEvent] {
        switch happening {
        case .bytes(let bytes):
            if bytes.starts(with: Self.devicesPrefix) { devices = bytes }
            guard isUp, isWatched, let link else {
                unheard += 1
                return []
            }
            return [.link(link, .received(bytes))]
        case .ended:
            isUp = false
            guard let link else { return [] }
            answers.forget(link)
            self.link = nil
            return [.link(link, .closed(.ended))]
        case .began:
            isUp = true
            return []
        }
    }

    private static let devicesPrefix = Array(#"{"class":"DEVICES""#.utf8)
}
