/// How large a configuration text may be.
struct JSON5Limits: Sendable {
    /// Settings are two levels deep; more is a file of another kind, and recursion stays bounded.
    var depth = 16
    /// A megabyte: a file beyond it was named by mistake.
    var bytes = 1 << 20
}
