/// Where a gpsd is, and what to make of what it says.
package struct GpsdSettings: Sendable, Equatable {
    package var host: String
    package var port: UInt16
    /// A daemon in reach accepts in milliseconds; three seconds cover a slow radio link.
    package var connectTimeout = Duration.seconds(3)
    /// gpsd opens and probes the receiver before it greets; up to 2.7 s were measured.
    package var greetingTimeout = Duration.seconds(5)
    /// Without a position report for so long the last one counts as old. Receivers send one a
    /// second.
    package var staleAfter = Duration.seconds(3)
    /// Without a position report for so long the receiver counts as gone: gpsd says nothing when
    /// one is unplugged.
    package var silentAfter = Duration.seconds(10)
    /// While the receiver is gone, gpsd is asked so often whether it is still there itself.
    package var probeInterval = Duration.seconds(10)
    /// gpsd has so long to answer that question.
    package var probeTimeout = Duration.seconds(5)
    /// gpsd sends the reports of one moment within this time (five sentences at 9600 baud take
    /// less); then they are shown as one.
    package var epochHold = Duration.milliseconds(250)
    /// A position with a larger estimated error is not shown: the first fix after none comes with
    /// errors of a kilometre or two.
    package var horizontalErrorLimitMeters = 500.0
    /// The receiver's clock may run so far from ours between two reports.
    package var clockToleranceSeconds = 5.0
    /// After so many reports in a row that agree with each other the receiver's clock is believed
    /// to have been set.
    package var clockStepConfirmations = 3

    package init(host: String = "127.0.0.1", port: UInt16 = 2947) {
        self.host = host
        self.port = port
    }
}
