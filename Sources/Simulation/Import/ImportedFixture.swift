/// A recording that was made of a device log.
package struct ImportedFixture: Sendable {
    package let kind: LogKind
    /// The recording: JSON Lines.
    package let bytes: [UInt8]
    /// Reports of position, or exchanges with rotctld, in the log.
    package let items: Int
    /// Those of them that had no part in the recording: nobody was connected, nobody asked again.
    package let unused: Int
    /// Positions that the station took over.
    package let fixes: Int
    package let virtualTime: Duration
    package let events: UInt64
}
