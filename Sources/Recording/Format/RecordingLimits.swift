/// The bounds of recordings.
package struct RecordingLimits: Sendable {
    /// The longest line that is read: whatever may wait for the recorder can be written, such as a
    /// chat of 16 MiB with an escape for every quotation mark. A longer one is damage.
    package var lineBytes = 64 << 20
    /// Bytes of lines that may wait for the recorder's thread: two seconds of the highest load.
    /// When more wait the recording ends with a note, rather than slow the station down or grow for
    /// ever.
    package var waitingBytes = 64 << 20
    /// Bytes of lines that are written before `flushInterval` is over: few enough to be in a
    /// processor's cache still, enough to be worth waking a thread.
    package var blockBytes = 64 << 10
    /// Room for lines that is kept when they are written: several blocks, which pile up while the
    /// disk is busy. What a rare burst needed beyond it is given back.
    package var keptBytes = 1 << 20
    /// How long lines may wait before they are written: what a power cut can lose. Waking ten times
    /// a second costs a Raspberry Pi nothing that can be measured.
    package var flushInterval = Duration.milliseconds(100)

    package init() {}
}
