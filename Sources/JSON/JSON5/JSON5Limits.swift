/// How large a configuration text may be.
package struct JSON5Limits: Sendable {
    /// Settings are two levels deep; more is a file of another kind, and recursion stays bounded.
    package var depth = 16
    /// A megabyte: a file beyond it was named by mistake.
    package var bytes = 1 << 20

    package init() {}
}
