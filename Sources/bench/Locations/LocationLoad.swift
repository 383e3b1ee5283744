import CLinux
import Glibc

/// Many locations that tick, and many subscribers that hear all of them, on one thread.
///
/// Each tick carries its number as its longitude, in thousandths, so that every delivery shows
/// whether one before it was left out or came after.
final class LocationLoad {
    struct Tally {
        var ticks = 0
        /// Ticks that the server has answered.
        var answered = 0
        var deliveries = 0
        /// Ticks that a subscriber never got, because a later one took their place.
        var leftOut = 0
        var outOfOrder = 0
        var lostSubscribers = 0
    }

    private(set) var tally = Tally()
    private let locations: Int
    private let request: (_ location: Int, _ longitude: String) -> String
    private let feeders: [LoadConnection]
    /// What each feeder has still to send: the next when the one before is answered, as devices do.
    private var queues: [(requests: [String], isWaiting: Bool)]
    private let subscribers: [LoadConnection]
    /// The number of the last tick of each location, as each subscriber heard it.
    private var heard: [UInt32]
    private let poll: Int32

    /// - Parameter request: the HTTP request that tells where a location is.
    init(
        port: UInt16, locations: Int, subscribers: Int, feeders: Int, path: String, token: String,
        request: @escaping (_ location: Int, _ longitude: String) -> String
    ) throws {
        self.locations = locations
        self.request = request
        self.feeders = try (0..<feeders).map { _ in try LoadConnection(port: port) }
        queues = Array(repeating: ([], false), count: feeders)
        self.subscribers = try (0..<subscribers).map { _ in
            let connection = try LoadConnection(port: port)
            try connection.upgrade(path, token: token)
            return connection
        }
        heard = Array(repeating: 0, count: locations * subscribers)
        poll = epoll_create1(0)
        for (index, connection) in (self.subscribers + self.feeders).enumerated() {
            var event = epoll_event()
            event.events = EPOLLIN.rawValue
            event.data.u64 = UInt64(index)
            epoll_ctl(poll, EPOLL_CTL_ADD, connection.descriptor, &event)
        }
    }

    deinit {
        close(poll)
    }

    /// Ticks at a rate for a time, then waits until nothing comes any more.
    func run(ticksPerSecond: Int, seconds: Double) {
        let start = clinux_monotonic_nanoseconds()
        let total = Int(Double(ticksPerSecond) * seconds)
        let first = tally.ticks
        while tally.ticks - first < total {
            let elapsed = Double(clinux_monotonic_nanoseconds() - start) / 1e9
            let due = min(total, Int(elapsed * Double(ticksPerSecond)) + 1)
            while tally.ticks - first < due { tick() }
            serve(milliseconds: 1)
        }
        settle()
    }

    /// Sends ticks in windows, each when the one before has been delivered whole.
    func run(ticks: Int, window: Int) throws {
        for start in stride(from: 0, to: ticks, by: window) {
            for _ in start..<min(ticks, start + window) { tick() }
            let wanted = tally.ticks * subscribers.count
            let giveUp = clinux_monotonic_nanoseconds() + 60_000_000_000
            while tally.deliveries + tally.leftOut < wanted {
                serve(milliseconds: 100)
                guard clinux_monotonic_nanoseconds() < giveUp else {
                    throw BenchFailure(
                        description: "\(tally.deliveries) of \(wanted) deliveries came, "
                            + "\(tally.answered) of \(tally.ticks) answers")
                }
            }
        }
    }

    private func tick() {
        let location = tally.ticks % locations
        let number = tally.ticks / locations + 1
        let thousandths = String(1000 + number % 1000).dropFirst()
        let feeder = tally.ticks % feeders.count
        queues[feeder].requests.append(request(location, "\(number / 1000).\(thousandths)"))
        if !queues[feeder].isWaiting { sendNext(feeder) }
        tally.ticks += 1
    }

    private func sendNext(_ feeder: Int) {
        queues[feeder].isWaiting = !queues[feeder].requests.isEmpty
        guard queues[feeder].isWaiting else { return }
        feeders[feeder].write(queues[feeder].requests.removeFirst())
    }

    /// Reads until nothing has come for half a second.
    private func settle() {
        var last = clinux_monotonic_nanoseconds()
        while clinux_monotonic_nanoseconds() - last < 500_000_000 {
            if serve(milliseconds: 50) { last = clinux_monotonic_nanoseconds() }
        }
    }

    /// Reads what is there; false when nothing came in time.
    @discardableResult
    private func serve(milliseconds: Int32) -> Bool {
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        let count = epoll_wait(poll, &events, Int32(events.count), milliseconds)
        guard count > 0 else { return false }
        for event in events.prefix(Int(count)) {
            let index = Int(event.data.u64)
            if index < subscribers.count {
                if !subscribers[index].read({ hear($0, subscriber: index) }) { lose(index) }
            } else {
                let feeder = index - subscribers.count
                let before = tally.answered
                _ = feeders[feeder].read { answers($0) }
                feeders[feeder].flush()
                if tally.answered > before { sendNext(feeder) }
            }
        }
        return true
    }

    private func lose(_ index: Int) {
        epoll_ctl(poll, EPOLL_CTL_DEL, subscribers[index].descriptor, nil)
        tally.lostSubscribers += 1
    }

    // MARK: Reading

    private func hear(_ bytes: UnsafeBufferPointer<UInt8>, subscriber: Int) -> Int {
        ServerFrames.read(bytes) {
            note($0, subscriber: subscriber)
        } ping: {
            subscribers[subscriber].answerPing()
        }
    }

    /// Where the digits of the name stand in a message.
    private static let nameDigits = 54..<60

    /// `{"id":"…36…","name":"l001234",…"coordinates":[0.004,52.5]}}`.
    private func note(_ text: UnsafeBufferPointer<UInt8>, subscriber: Int) {
        guard text.count > 100 else { return }
        var location = 0
        for digit in text[Self.nameDigits] {
            location = location * 10 + Int(digit) - 48
        }
        guard let bracket = text.lastIndex(of: UInt8(ascii: "[")) else { return }
        var number: UInt32 = 0
        var decimals = -1
        for byte in text[(bracket + 1)...] {
            if byte == UInt8(ascii: ",") { break }
            if byte == UInt8(ascii: ".") {
                decimals = 0
                continue
            }
            number = number &* 10 &+ UInt32(byte) &- 48
            if decimals >= 0 { decimals += 1 }
        }
        for _ in max(decimals, 0)..<3 { number = number &* 10 }
        guard (0..<locations).contains(location) else { return }
        let place = subscriber * locations + location
        let before = heard[place]
        tally.deliveries += 1
        if number <= before {
            tally.outOfOrder += 1
        } else {
            tally.leftOut += Int(number - before) - 1
            heard[place] = number
        }
    }

    /// Counts whole answers by their status lines; the bodies have none.
    private func answers(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let mark = Array("HTTP/1.1 2".utf8)
        var position = 0
        var used = 0
        while position + mark.count <= bytes.count {
            if bytes[position] == mark[0], bytes[position...].starts(with: mark) {
                tally.answered += 1
                position += mark.count
                used = position
            } else {
                position += 1
            }
        }
        // What may be the beginning of a mark stays.
        return max(used, bytes.count - mark.count + 1)
    }
}
