/// Bounds of the connections to devices.
package struct LinkLimits: Sendable {
    /// Most bytes that wait to be sent on one connection. Commands are under 100 bytes and one is
    /// in flight at a time; more than this waiting means that the other side has stopped reading.
    package var sendQueueBytes = 64 * 1024
    /// Most bytes of one `received` event; gpsd's longest line is 20 kB and may come in pieces.
    package var receiveBytes = 16 * 1024
    /// Most name look-ups at a time, each a thread of its own: a dead name server holds one for up
    /// to half a minute. Further look-ups wait their turn within their connection's time-out.
    package var lookups = 4
    /// Most addresses tried of one name.
    package var addresses = 8

    /// How much later than a connection's time-out a session gives up waiting for news of it.
    package static let reportMargin = Duration.seconds(2)

    package init() {}
}
