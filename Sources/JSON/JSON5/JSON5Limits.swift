/// How large a configuration text may be.
package struct JSON5Limits: Sendable {
    /// Settings are two levels deep; more is a file of another kind, and recursion stays bounded.
    package var depth: Int
    /// A megabyte: a file beyond it was named by mistake.
    package var bytes: Int

    package init(depth: Int = 16, bytes: Int = 1 << 20) {
        self.depth = depth
        self.bytes = bytes
    }
}
