import Engine
import Glibc
import Synchronization
import TestSupport

/// Reads where a real rotctld's rotor stands, many times a second and over one connection.
///
/// On a thread of its own, because the tests' pool may be busy for longer than a rotor turns.
final class RotorWatch: Sendable {
    /// Both in degrees.
    typealias Position = (azimuth: Double, elevation: Double)

    private let seen: Seen
    private let thread: SystemThread

    init(_ rotctld: RealRotctld) throws {
        let seen = Seen()
        let descriptor = try Loopback.connection(to: rotctld.port)
        Loopback.limitWaiting(descriptor, seconds: 10)
        self.seen = seen
        thread = try SystemThread(name: "rotor-watch") {
            defer { close(descriptor) }
            while !seen.isOver, let position = Self.ask(descriptor) {
                seen.add(position)
                usleep(20_000)
            }
        }
    }

    /// Ends the watch; all that it read, in order.
    func end() -> [Position] {
        seen.end()
        thread.join()
        return seen.all
    }

    /// `p` is answered with two lines (rotctld(1), get_pos); nil when rotctld has gone.
    private static func ask(_ descriptor: Int32) -> Position? {
        guard send(descriptor, "p\n", 2, Int32(MSG_NOSIGNAL)) == 2 else { return nil }
        var answer: [UInt8] = []
        while answer.count(where: { $0 == UInt8(ascii: "\n") }) < 2 {
            var buffer = [UInt8](repeating: 0, count: 256)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            answer += buffer[..<count]
        }
        let numbers = String(decoding: answer, as: UTF8.self).split(separator: "\n")
            .compactMap { Double($0) }
        guard numbers.count == 2 else { return nil }
        return (numbers[0], numbers[1])
    }

    private final class Seen: Sendable {
        private let state = Mutex<(positions: [Position], isOver: Bool)>(([], false))

        var isOver: Bool { state.withLock { $0.isOver } }
        var all: [Position] { state.withLock { $0.positions } }

        func add(_ position: Position) { state.withLock { $0.positions.append(position) } }
        func end() { state.withLock { $0.isOver = true } }
    }
}
