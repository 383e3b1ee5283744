/// Which form of rotctld's protocol the other side understands.
package enum RotctldDialect: Sendable, Hashable {
    /// Commands begin with `+`; each answer names its command and ends with `RPRT`. Hamlib's own.
    case extended
    /// Bare commands and answers, for programs that only imitate rotctld.
    case plain
}
