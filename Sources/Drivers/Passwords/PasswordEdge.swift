/// What handles passwords and second factors: a thread of its own, or a stand-in for it.
package protocol PasswordEdge: Sendable {
    /// Queues an order and returns at once.
    ///
    /// - Parameter answer: to be called once, from any thread; false when the core has no room for
    ///   the answer now, which is then to be given again.
    func perform(
        _ order: PasswordOrder, answer: @escaping @Sendable (PasswordReport) -> Bool)

    /// Drops what waits and ends; nothing is answered after it has returned.
    func stop()
}
