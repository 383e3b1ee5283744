/// What the process tells its caller when it ends; the numbers are those of sysexits(3) where it
/// has one.
struct ExitCode: RawRepresentable, Equatable, Sendable {
    let rawValue: Int32

    /// Done.
    static let success = ExitCode(rawValue: 0)
    /// The operation failed, or a comparison found a difference.
    static let failure = ExitCode(rawValue: 1)
    /// The command line was not understood.
    static let usage = ExitCode(rawValue: 2)
    /// The server or a device cannot be reached. EX_UNAVAILABLE.
    static let unavailable = ExitCode(rawValue: 69)
    /// The configuration is wrong; starting again will not help. EX_CONFIG.
    static let configuration = ExitCode(rawValue: 78)

    /// What shells say of a program that a signal has ended.
    static func signal(_ number: Int32) -> ExitCode { ExitCode(rawValue: 128 + number) }
}
