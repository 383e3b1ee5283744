import Glibc

/// A serial line of which a program holds the other end: a pseudo-terminal.
final class SerialLine {
    /// What the program opens.
    let path: String
    /// Our end; what does not fit waits for the program to read.
    let descriptor: Int32
    /// Kept open, so that the line stays up when the program closes it.
    private let otherEnd: Int32

    /// `TIOCGPTN`, `TIOCSPTLCK` and `FIONREAD` of Linux's asm-generic/ioctls.h.
    private static let getNumber: UInt = 0x8004_5430
    private static let setLock: UInt = 0x4004_5431
    private static let countUnread: UInt = 0x541B

    init() throws(SystemProblem) {
        descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw SystemProblem("cannot open a pseudo-terminal") }
        var number: Int32 = 0
        var unlocked: Int32 = 0
        guard ioctl(descriptor, Self.getNumber, &number) == 0,
            ioctl(descriptor, Self.setLock, &unlocked) == 0
        else {
            let problem = SystemProblem("cannot open a pseudo-terminal")
            close(descriptor)
            throw problem
        }
        path = "/dev/pts/\(number)"
        otherEnd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        var settings = termios()
        tcgetattr(otherEnd, &settings)
        cfmakeraw(&settings)
        tcsetattr(otherEnd, TCSANOW, &settings)
        // A gpsd that was started by root gives up root before it opens the line.
        chmod(path, 0o666)
    }

    deinit {
        close(descriptor)
        close(otherEnd)
    }

    /// How many of the bytes fit now.
    func write(_ bytes: ArraySlice<UInt8>) -> Int {
        max(0, bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) })
    }

    /// Whether the program has read everything.
    var isDrained: Bool {
        var count: Int32 = 0
        return ioctl(otherEnd, Self.countUnread, &count) == 0 && count == 0
    }

    /// Throws away what the program sent to its device.
    func discardInput() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while read(descriptor, &buffer, buffer.count) > 0 {}
    }
}
