/// What runs the programs: real ones, or a stand-in for them.
///
/// It answers through the handler that it was made with, from any thread.
package protocol ProcessEdge: Sendable {
    /// Queues an action and returns at once; callable from any thread.
    func perform(_ action: ProcessAction, on run: UInt64)

    /// Ends every run and the edge; nothing is answered after it has returned.
    func stop()
}
