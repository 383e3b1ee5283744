/// What happened to a connection.
///
/// After a `connect`: at most one `connected`, any number of `received`, and exactly one `closed`,
/// which is the last event of that connection.
package enum LinkEvent: Sendable, Equatable {
    case connected
    case received([UInt8])
    case closed(LinkError)
}
