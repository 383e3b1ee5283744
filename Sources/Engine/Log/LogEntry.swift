/// How much an operator should care.
package enum LogLevel: Int, Sendable, Comparable, CaseIterable {
    /// Every message of every stream; for a developer.
    case trace
    /// Decisions that explain what was done.
    case debug
    /// What an operator wants to see on a normal day.
    case info
    /// Something is missing or refused, and the station goes on without it.
    case warning
    /// Something was lost or cannot be done until a person acts.
    case error

    package static func < (lhs: LogLevel, rhs: LogLevel) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}

/// One log line: a constant message, and what varies in fields.
///
/// Tokens, passwords and whole positions never go into a field.
package struct LogEntry: Sendable {
    package let time: UTCTime
    package let level: LogLevel
    package let component: String
    package let message: String
    package let fields: [(name: String, value: String)]

    package init(
        time: UTCTime, level: LogLevel, component: String, message: String,
        fields: [(name: String, value: String)]
    ) {
        self.time = time
        self.level = level
        self.component = component
        self.message = message
        self.fields = fields
    }
}
