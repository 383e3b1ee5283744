/// The bounds of importing device logs, and the times that a log leaves open.
package struct ImportLimits: Sendable {
    /// Largest file. gpsd's largest test log has 5 MB; a fixture is kept in memory at about four
    /// times its log, which a Raspberry Pi has to bear.
    package var fileBytes = 64 << 20
    /// Longest line of a text log. gpsd's own bound is 10 kB, and libgps reads no more than 20 kB;
    /// with room for the escapes of a transcript.
    package var lineBytes = 1 << 20
    /// How much of a file is looked at to tell what it is: gpsd's test logs begin with up to 20 kB
    /// of comments.
    package var recognitionBytes = 1 << 20
    /// The longest time that one log may cover. A rotor is asked once a second, which makes 100 MB
    /// of a day.
    package var longest = Duration.seconds(86_400)
    /// How long the station runs on behind the last byte: gpsd's reports are shown 0.25 s late, and
    /// a receiver counts as stale after 3 s.
    package var settling = Duration.seconds(5)
    /// A station that has not reached its device by then will not: greeting rotctld in all three
    /// ways takes under 10 s.
    package var patience = Duration.seconds(30)
    /// Between two reports that have no time: receivers send one epoch a second.
    package var epoch = Duration.seconds(1)
    /// A larger step between the times of two reports is a clock that was set, or a damaged report.
    package var largestStep = Duration.seconds(3600)
    /// How deep folders are searched; deeper is a loop or a mistake.
    package var folderDepth = 16
    /// Files of one import; gpsd's test suite has about 200.
    package var files = 10_000

    package init() {}
}
