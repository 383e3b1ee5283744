/// The bounds of what is shown of a recording.
package struct ViewLimits: Sendable {
    /// Entries in a page: one of these is about 20 MB, which browsers still open
    /// in a second or two. The rest is counted, and the page says from when on it is left out.
    package var entries = 50_000
    /// Entries in a trace for Perfetto, which opens some 500 MB; the same is left in a station's
    /// whole recording of the default size.
    package static let perfettoEntries = 2_000_000
    /// Positions in a page, each some 20 bytes: ten rotors and phones once a second for hours.
    package var sightings = 200_000
    /// Rotors, phones and receivers whose way is drawn; more are not told apart by colour anyway.
    package var tracks = 32
    /// Lanes of a page; the conversations after these share one lane for each kind.
    package var lanes = 80
    /// Characters of an entry's summary: two lines of a wide terminal.
    package var summaryCharacters = 200
    /// Characters of an entry as it stands in the file; a whole `rotor` frame with problems fits.
    package var detailCharacters = 800

    package init() {}
}
