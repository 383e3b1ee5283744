import Drivers
import Engine

/// Runs a session by hand: time moves where the test says, deadlines ring where the session asks.
struct RotctldSessionBench {
    private(set) var session: RotctldSession
    private(set) var now = Instant.start
    private var armed: Instant?
    /// What the session did since the last `take`.
    private(set) var links: [LinkAction] = []
    private(set) var reports: [RotorEvent] = []

    init(_ change: (inout RotctldSettings) -> Void = { _ in }) {
        var settings = RotctldSettings(host: "rotor", port: 4533)
        change(&settings)
        session = RotctldSession(settings: settings)
    }

    mutating func handle(_ event: RotctldSession.Event) {
        for action in session.handle(event, at: now, jitter: 1) {
            switch action {
            case .link(let link): links.append(link)
            case .report(let report): reports.append(report)
            case .arm(let deadline): armed = deadline
            case .disarm: armed = nil
            }
        }
    }

    mutating func answer(_ text: String) { handle(.link(.received(bytes(text)))) }

    /// Lets time pass, ringing every deadline that comes due.
    mutating func pass(_ duration: Duration) {
        let end = now.advanced(by: duration)
        while let deadline = armed, deadline <= end {
            now = max(now, deadline)
            armed = nil
            handle(.deadline)
        }
        now = end
    }

    mutating func takeLinks() -> [LinkAction] {
        defer { links = [] }
        return links
    }

    mutating func takeReports() -> [RotorEvent] {
        defer { reports = [] }
        return reports
    }

    /// The lines sent since the last look; other link actions are dropped.
    mutating func takeSent() -> [String] {
        takeLinks().compactMap { action in
            guard case .send(let bytes) = action else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    static let state =
        "1\n1\nmin_az=-180\nmax_az=450\nmin_el=0\nmax_el=90\nsouth_zero=0\nrot_type=AzEl\ndone\n"

    static func position(_ azimuth: Double, _ elevation: Double) -> String {
        "get_pos:\nAzimuth: \(azimuth)\nElevation: \(elevation)\nRPRT 0\n"
    }

    /// Goes through the greeting of a real rotctld.
    mutating func becomeReady() {
        handle(.start)
        handle(.link(.connected))
        answer(Self.state)
        answer(Self.position(0, 0))
        _ = takeLinks()
        _ = takeReports()
    }
}
