/// Why a run ended without an exit code or a signal of its program.
package enum ProcessError: Error, Sendable, Hashable {
    /// There is no such program.
    case notFound
    /// The file is no program, or the station's user may not run it.
    case notExecutable
    /// The working directory does not exist.
    case noDirectory
    /// A field of the call is empty, too long, out of range or has a zero byte.
    case invalidCall
    /// Another run has that name.
    case nameTaken
    /// `ProcessLimits.programs` run already.
    case tooMany
    /// Somebody listens on the program's port already.
    case portTaken
    /// No port is left to pick.
    case noPort
    /// The file for its output cannot be written, as `errno`.
    case noLog(Int32)
    /// Not ready within the start time-out.
    case startTimedOut
    /// It printed more than `ProcessLimits.outputBytes`.
    case outputTooLong
    /// Parts of it do not even end by force.
    case notEnded
    /// The station ends, or has ended.
    case cancelled
    /// This station runs no programs.
    case refused
    /// The system has no thread left for the edge.
    case noThread
    /// The system cannot start it, as `errno`.
    case other(Int32)
}

extension ProcessError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notFound: "the program does not exist"
        case .notExecutable: "the file is no program that the station may run"
        case .noDirectory: "the working directory does not exist"
        case .invalidCall:
            "a field of the call is empty, too long, out of range or has a zero byte"
        case .nameTaken: "a program with that name runs already"
        case .tooMany: "too many programs run already"
        case .portTaken: "another program listens on its port already"
        case .noPort: "no port is free for it"
        case .noLog(let code): "its log cannot be written: system error \(code)"
        case .startTimedOut: "the program was not ready within the time allowed"
        case .outputTooLong: "the program printed more than is taken"
        case .notEnded: "parts of the program do not end"
        case .cancelled: "the station ends"
        case .refused: "this station runs no programs"
        case .noThread: "the system has no thread left"
        case .other(let code): "the program cannot be started: system error \(code)"
        }
    }
}
