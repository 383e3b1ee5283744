import CLinux
import Glibc

/// A gpsd of our own that reads one serial line, for as long as this lives.
///
/// It writes nothing to its device (`-b`), reads it at once (`-n`), and listens on the loopback
/// interface only. Owned by one thread.
final class DecodingGpsd {
    /// The connection to it; non-blocking.
    let descriptor: Int32
    private let processID: pid_t

    /// gpsd opens its devices before it listens, which takes a second or two.
    private static let startLimit = Duration.seconds(20)

    init(reading line: SerialLine) throws(SystemProblem) {
        let port = try Self.freePort()
        processID = try Self.spawn(["-N", "-n", "-b", "-S", String(port), line.path])
        do throws(SystemProblem) {
            descriptor = try Self.connect(port, processID)
        } catch {
            Self.end(processID)
            throw error
        }
    }

    deinit {
        close(descriptor)
        Self.end(processID)
    }

    private static func end(_ processID: pid_t) {
        kill(processID, SIGKILL)
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0 && errno == EINTR {}
    }

    /// Debian installs it where only root's path looks.
    private static let places = ["gpsd", "/usr/sbin/gpsd", "/usr/local/sbin/gpsd"]

    private static func spawn(_ arguments: [String]) throws(SystemProblem) -> pid_t {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // This thread leaves signals to others; gpsd must end with the terminal's interrupt.
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        posix_spawnattr_setsigmask(&attributes, &unblocked)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        for program in places {
            var words = ([program] + arguments).map { strdup($0) } + [nil]
            defer { words.forEach { free($0) } }
            var child = pid_t()
            let code = posix_spawnp(&child, program, &files, &attributes, &words, environ)
            if code == 0 { return child }
            guard code == ENOENT else { throw SystemProblem("gpsd does not start", code: code) }
        }
        throw SystemProblem(
            "a receiver's own bytes need gpsd, which is not installed here "
                + "(on Debian and Ubuntu: sudo apt-get install gpsd)", code: ENOENT)
    }

    private static func freePort() throws(SystemProblem) -> UInt16 {
        let descriptor = socket(AF_INET, streamType, 0)
        defer { close(descriptor) }
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &size) == 0
            }
        }
        guard isBound else { throw SystemProblem("no port of the loopback interface is free") }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func connect(
        _ port: UInt16, _ processID: pid_t
    ) throws(SystemProblem) -> Int32 {
        let end = ContinuousClock.now.advanced(by: startLimit)
        while ContinuousClock.now < end {
            let descriptor = socket(AF_INET, streamType, 0)
            var address = loopback(port)
            let code = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            if code == 0 {
                _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
                return descriptor
            }
            let problem = SystemProblem("gpsd does not answer")
            close(descriptor)
            var status: Int32 = 0
            guard waitpid(processID, &status, WNOHANG) == 0 else {
                throw SystemProblem("gpsd ended at once", code: ECHILD)
            }
            guard errno != EMFILE else { throw problem }
            usleep(10_000)
        }
        throw SystemProblem("gpsd does not answer", code: ETIMEDOUT)
    }

    private static let streamType = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    /// False when gpsd has gone.
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            == bytes.count
    }

    /// What gpsd has said since the last look; nil when it has gone.
    func receive() -> [UInt8]? {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                received += buffer[..<count]
            } else if count < 0, errno == EINTR {
                continue
            } else {
                return count < 0 && errno == EAGAIN || !received.isEmpty ? received : nil
            }
        }
    }
}
