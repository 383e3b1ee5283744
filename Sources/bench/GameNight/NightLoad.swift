import CLinux
import Glibc

/// Many subscribers of one night, on one thread: who hears which monitor's heartbeat when.
final class NightLoad {
    struct Tally {
        var heartbeats = 0
        /// More than a second early or late.
        var offTime = 0
        /// Seconds of the farthest that one was from its time.
        var worst = 0.0
        var lostSubscribers = 0
    }

    private(set) var tally = Tally()
    private let monitors: Int
    private let interval: Double
    private let subscribers: [LoadConnection]
    /// When each subscriber heard each monitor last; zero for never.
    private var heard: [Int64]
    private let poll: Int32

    /// - Parameter interval: seconds between two heartbeats of a monitor.
    init(port: UInt16, subscribers: Int, monitors: Int, interval: Double, token: String) throws {
        self.monitors = monitors
        self.interval = interval
        self.subscribers = try (0..<subscribers).map { _ in
            let connection = try LoadConnection(port: port)
            try connection.upgrade("/game-night/api/sessions/live", token: token)
            connection.write(Self.frame(#"{"type":"auth","token":"\#(token)"}"#))
            connection.write(Self.frame(#"{"type":"subscribe","sessionId":1}"#))
            return connection
        }
        heard = Array(repeating: 0, count: subscribers * monitors)
        poll = epoll_create1(0)
        for (index, connection) in self.subscribers.enumerated() {
            var event = epoll_event()
            event.events = EPOLLIN.rawValue
            event.data.u64 = UInt64(index)
            epoll_ctl(poll, EPOLL_CTL_ADD, connection.descriptor, &event)
        }
    }

    deinit {
        close(poll)
    }

    /// Listens, and says now and then that somebody is there.
    func run(seconds: Double) {
        let end = clinux_monotonic_nanoseconds() + Int64(seconds * 1e9)
        var nextPing: Int64 = 0
        while clinux_monotonic_nanoseconds() < end {
            if clinux_monotonic_nanoseconds() > nextPing {
                for subscriber in subscribers { subscriber.write(Self.frame(#"{"type":"ping"}"#)) }
                nextPing = clinux_monotonic_nanoseconds() + 25_000_000_000
            }
            serve()
        }
    }

    /// Forgets what was counted, and not when it was heard.
    func reset() { tally = Tally() }

    private func serve() {
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        let count = epoll_wait(poll, &events, Int32(events.count), 100)
        for event in events.prefix(max(0, Int(count))) {
            let index = Int(event.data.u64)
            subscribers[index].flush()
            guard !subscribers[index].read({ hear($0, index) }) else { continue }
            epoll_ctl(poll, EPOLL_CTL_DEL, subscribers[index].descriptor, nil)
            tally.lostSubscribers += 1
        }
    }

    private func hear(_ bytes: UnsafeBufferPointer<UInt8>, _ subscriber: Int) -> Int {
        ServerFrames.read(bytes) {
            note($0, subscriber)
        } ping: {
            subscribers[subscriber].answerPing()
        }
    }

    private static let mark = Array(#"{"type":"game.status""#.utf8)
    private static let key = Array(#""gameId":"#.utf8)

    /// `{"type":"game.status","timestamp":"…","data":{"sessionId":1,"gameId":17,…`.
    private func note(_ text: UnsafeBufferPointer<UInt8>, _ subscriber: Int) {
        guard text.starts(with: Self.mark),
            let start = text.indices.first(where: { text[$0...].starts(with: Self.key) })
        else { return }
        var monitor = 0
        for digit in text[(start + Self.key.count)...] {
            guard (0x30...0x39).contains(digit) else { break }
            monitor = monitor * 10 + Int(digit) - 0x30
        }
        guard (1...monitors).contains(monitor) else { return }
        let now = clinux_monotonic_nanoseconds()
        let place = subscriber * monitors + monitor - 1
        if heard[place] > 0 {
            let off = abs(Double(now - heard[place]) / 1e9 - interval)
            tally.worst = max(tally.worst, off)
            if off > 1 { tally.offTime += 1 }
            tally.heartbeats += 1
        }
        heard[place] = now
    }

    /// A client's text frame, masked with zeros (RFC 6455 §5.3).
    private static func frame(_ text: String) -> [UInt8] {
        [0x81, 0x80 | UInt8(clamping: text.utf8.count), 0, 0, 0, 0] + Array(text.utf8)
    }
}
