import Drivers
import Engine

/// Runs a session by hand: time moves where the test says, deadlines ring where the session asks.
struct GpsdSessionBench {
    private var session: GpsdSession
    private(set) var now = Instant.start
    private var armed: Instant?
    private(set) var links: [LinkAction] = []
    private(set) var states: [DriverState] = []
    private(set) var fixes: [GPSFix] = []
    /// When each fix was reported.
    private(set) var fixTimes: [Instant] = []
    /// Answers a `connect` at once, as a transcript's daemon would; nil leaves it to the test.
    var connecting: (@Sendable (Instant) -> LinkEvent)?

    init(_ change: (inout GpsdSettings) -> Void = { _ in }) {
        var settings = GpsdSettings(host: "gps", port: 2947)
        change(&settings)
        session = GpsdSession(settings: settings)
    }

    var condition: DriverState.Condition? { states.last?.condition }

    mutating func handle(_ event: GpsdSession.Event) {
        var answer: LinkEvent?
        for action in session.handle(event, at: now, jitter: 1) {
            switch action {
            case .link(let link):
                links.append(link)
                if case .connect = link { answer = connecting?(now) }
            case .report(.state(let state)): states.append(state)
            case .report(.fix(let fix)):
                fixes.append(fix)
                fixTimes.append(now)
            case .arm(let deadline): armed = deadline
            case .disarm: armed = nil
            }
        }
        if let answer { handle(.link(answer)) }
    }

    mutating func receive(_ line: String) { handle(.link(.received(bytes(line + "\r\n")))) }

    mutating func pass(_ duration: Duration) { pass(until: now.advanced(by: duration)) }

    /// Lets time pass, ringing every deadline that comes due.
    mutating func pass(until end: Instant) {
        while let deadline = armed, deadline <= end {
            now = max(now, deadline)
            armed = nil
            handle(.deadline)
        }
        now = max(now, end)
    }

    mutating func takeLinks() -> [LinkAction] {
        defer { links = [] }
        return links
    }

    /// Goes through gpsd's greeting, with one receiver.
    mutating func watch() {
        handle(.start)
        handle(.link(.connected))
        receive(#"{"class":"VERSION","release":"3.25","proto_major":3,"proto_minor":15}"#)
        receive(#"{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/a"}]}"#)
        _ = takeLinks()
    }

    /// Sends one TPV of a receiver at 52 N, 4 E whose clock runs with ours.
    mutating func receivePosition(
        device: String = "/dev/a", mode: Int = 3, extra: String = "", place: Bool = true
    ) {
        let second = now.nanoseconds / 1_000_000_000
        let text = UTCTime(nanoseconds: (1_795_176_000 + second) * 1_000_000_000).text()
        let position = place ? #","lat":52.0,"lon":4.0"# : ""
        receive(
            #"{"class":"TPV","device":"\#(device)","mode":\#(mode),"time":"\#(text)"\#(position)\#(extra)}"#
        )
    }

    /// Replays what a transcript's daemon sent, at its times.
    mutating func replay(_ transcript: Transcript) {
        handle(.start)
        for line in transcript.lines {
            pass(until: line.time)
            if line.dir == "<" { handle(.link(.received(line.bytes))) }
            if line.dir == "!", line.data.hasPrefix("EOF") { handle(.link(.closed(.ended))) }
        }
    }
}
