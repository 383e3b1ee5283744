/// The bounds of commands on devices.
package struct CommandLimits: Sendable {
    /// Ways to one device; a device has one or two.
    package var connectionsPerDevice = 16
    /// Commands of one device that wait for their turn: more come from a client that has lost
    /// control.
    package var waitingPerDevice = 32
    /// Commands under way and waiting on all devices; each is a few hundred bytes and its output.
    package var inProgress = 1000
    /// Ended commands that are kept of one device, the newest. Older ones are deleted.
    package var endedPerDevice = 100
    /// Bytes of output that are kept of all ended commands together, in memory and in the store;
    /// beyond them the ones that ended first are deleted.
    package var keptOutputBytes = 64 * 1024 * 1024
    /// Bytes of one command's output; the rest is counted and left out. A device's whole log fits.
    /// Each update of a command carries all of its output, and one of control characters alone,
    /// which JSON writes as six each, must find room in the queue of a socket.
    package var outputBytes = 128 * 1024
    /// Updates of a command while only its output grows: ten a second, from the contract.
    package var pushSpacing = Duration.milliseconds(100)
    /// So much output is shown at the full rate; longer output less often, so that one command
    /// sends a subscriber some 160 kB a second and no more, which a phone in the field can follow.
    package var pushBytes = 16 * 1024
    /// How long output that was shown may wait before it is stored: an SD card has few writes.
    package var saveSpacing = Duration.seconds(1)
    /// How long a command may run. A longer one belongs into a service of the device.
    package var timeouts = Duration.seconds(1)...Duration.seconds(3600)
    /// What a connection has that says nothing.
    package var timeout = Duration.seconds(30)
    /// How long a command may wait for a device that cannot be reached: a device that comes home
    /// once a month is a case, one that comes once a year is none.
    package var expiries = Duration.seconds(1)...Duration.seconds(31 * 86_400)
    /// Pauses between attempts to reach a device: they double from the one to the other.
    package var retries = Duration.seconds(1)...Duration.seconds(30)
    /// Bytes of a custom command.
    package var textBytes = 16 * 1024
    /// Characters of a new password, from the API's origin.
    package var passwordCharacters = 6...30
    /// Characters of an idempotency key.
    package var keyCharacters = 1...255
    /// Bytes of a connection's texts; a private key of RSA with 16,384 bits has 13 kB.
    package var parameterBytes = 32 * 1024
    /// Bytes of a host's name (RFC 1035 §2.3.4, without the length bytes at its ends).
    package var hostBytes = 253
    /// Steps of a simulated device's script for one kind of command.
    package var scriptSteps = 1000

    package init() {}
}
