/// What the process tells its caller when it ends; the numbers are those of sysexits(3) where it
/// has one.
enum ExitCode: Int32, Sendable {
    /// Done.
    case success = 0
    /// The operation failed, or a comparison found a difference.
    case failure = 1
    /// The command line was not understood.
    case usage = 2
    /// The server or a device cannot be reached. EX_UNAVAILABLE.
    case unavailable = 69
    /// The configuration is wrong; starting again will not help. EX_CONFIG.
    case configuration = 78
}
