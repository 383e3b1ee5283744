/// What performs the drivers' link actions: real sockets, or a stand-in for them.
///
/// It answers through the handler that it was made with, from any thread.
package protocol LinkEdge: Sendable {
    /// Queues an action and returns at once; callable from any thread.
    func perform(_ action: LinkAction, on link: LinkID)

    /// Closes every connection and ends; nothing is answered after it has returned.
    func stop()
}

extension SocketLinks: LinkEdge {}
