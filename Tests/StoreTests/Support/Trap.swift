import Testing

extension ExitTest.Condition {
    /// The end of a process by a failed precondition.
    static var trap: ExitTest.Condition {
        #if arch(arm64)
        .signal(5)
        #else
        .signal(4)
        #endif
    }
}
