/// Where a rotctld is, and how patient to be with it.
package struct RotctldSettings: Sendable, Equatable {
    package var host: String
    package var port: UInt16
    /// A daemon in reach accepts in milliseconds; three seconds cover a slow radio link.
    package var connectTimeout = Duration.seconds(3)
    /// rotctld answers both commands of the greeting at once, unless the rotor hangs.
    package var greetingTimeout = Duration.seconds(2)
    /// The slowest answer measured is 2.8 s (three serial retries of a SPID).
    package var replyTimeout = Duration.seconds(5)
    /// Between the questions for the position while the rotor moves.
    package var movingPollInterval = Duration.milliseconds(250)
    /// Between the questions for the position while it stands.
    package var idlePollInterval = Duration.seconds(1)
    /// After so long without an answered question the next one goes before a waiting position, so
    /// that steady new positions on a slow serial line cannot hide where the rotor is.
    package var longestWithoutPoll = Duration.seconds(3)

    package init(host: String = "127.0.0.1", port: UInt16 = 4533) {
        self.host = host
        self.port = port
    }
}
