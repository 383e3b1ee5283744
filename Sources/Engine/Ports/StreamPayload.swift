/// What crosses the core's border: it names its stream and knows its canonical bytes.
///
/// Both together are what a recording writes down and what the trace hashes.
package protocol StreamPayload: Sendable {
    /// Which conversation this belongs to, such as `http/17`, `ws/4`, `gpsd` or `rotctld/1`.
    var stream: StreamName { get }
    /// Feeds the canonical bytes. Equal payloads feed equal bytes.
    func feed(into sink: inout some ByteSink)
}
