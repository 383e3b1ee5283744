import Engine

/// The least grave level that is written.
enum LogThreshold: String, TextChoice {
    case error
    case warn
    case info
    case debug
    case trace

    var level: LogLevel {
        switch self {
        case .error: .error
        case .warn: .warning
        case .info: .info
        case .debug: .debug
        case .trace: .trace
        }
    }
}
