/// Bounds on what rotctld may send.
package struct RotctldLimits: Sendable {
    /// Longest line. rotctld's longest in the answers used here is under 60 bytes.
    package var lineBytes = 256
    /// Longest answer. `\dump_state` is under 200 bytes; later versions add lines.
    package var replyBytes = 4096

    package init() {}
}
