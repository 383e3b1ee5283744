/// What carries a watch's calls and sockets: the station's, or a simulated room service.
protocol RoomLines: Sendable {
    /// Begins a call or a WebSocket and gives its number; `handler` hears its events on the core,
    /// none of them within this call. Core only.
    func start(_ action: WebAction, handler: @escaping @Sendable (WebEvent) -> Void) -> UInt64
    func send(_ text: String, on line: UInt64)
    /// Its handler hears nothing any more.
    func end(_ line: UInt64)
}

extension WebLines: RoomLines {}
