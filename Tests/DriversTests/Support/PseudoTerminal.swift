import Foundation
import TestSupport

/// A serial line of which a test holds one end and a program the other.
final class PseudoTerminal: Sendable {
    /// What the program opens.
    let path: String
    private let ours: Int32
    /// Kept open, so that the line stays up while no program has it.
    private let theirs: Int32

    /// `TIOCGPTN` and `TIOCSPTLCK` of Linux's asm-generic/ioctls.h, which Swift does not import.
    private static let getNumber: UInt = 0x8004_5430
    private static let setLock: UInt = 0x4004_5431

    init() throws {
        ours = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var number: Int32 = 0
        var unlocked: Int32 = 0
        guard ours >= 0, ioctl(ours, Self.getNumber, &number) == 0,
            ioctl(ours, Self.setLock, &unlocked) == 0
        else { throw ChildProcess.Failure(description: "no pseudo-terminal: error \(errno)") }
        path = "/dev/pts/\(number)"
        theirs = open(path, O_RDWR | O_NOCTTY)
        var settings = termios()
        tcgetattr(theirs, &settings)
        cfmakeraw(&settings)
        tcsetattr(theirs, TCSANOW, &settings)
        // gpsd gives up root before it opens the line.
        chmod(path, 0o666)
        let flags = fcntl(ours, F_GETFL)
        _ = fcntl(ours, F_SETFL, flags | O_NONBLOCK)
    }

    deinit {
        close(ours)
        close(theirs)
    }

    func write(_ text: String) {
        let bytes = bytes(text)
        _ = Foundation.write(ours, bytes, bytes.count)
    }

    /// What the program has written since the last look; empty when nothing.
    func read() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = Foundation.read(ours, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : []
    }
}
