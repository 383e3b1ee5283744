/// Bounds of the commands on devices.
package struct SSHLimits: Sendable {
    /// Most sessions at once, each a socket and some 200 kB of libssh's; a field station has fewer
    /// devices than that. Further runs wait their turn within their total time-out.
    package var sessions = 32
    /// Most runs that wait for a session; more come from a client that has lost control.
    package var waiting = 256
    /// Most bytes of one run, both of its streams together: all of them enter a recording.
    package var outputBytes = 1024 * 1024
    /// Most bytes of a host name, a user or a command; Linux takes 128 kB for one argument.
    package var textBytes = 64 * 1024
    /// Most bytes of a private key; one of RSA with 16,384 bits has 13 kB.
    package var keyBytes = 32 * 1024
    /// Most bytes of a command's input; passwords and small files go this way.
    package var inputBytes = 64 * 1024
    /// Most rounds of bcrypt behind a key's passphrase, at 7 ms each on a common processor.
    /// ssh-keygen makes 16 or 24; nobody could end the reading of a key that has a million.
    package var keyRounds: UInt32 = 256
    /// Most keys with a passphrase that are read at a time, each on a thread of its own.
    package var unlocks = 2
    /// The longest connect time-out; longer is shortened to it.
    package var connectTimeout = Duration.seconds(120)
    /// The longest total time-out; longer is shortened to it. A command that shall run for a day
    /// belongs into a service of the device.
    package var totalTimeout = Duration.seconds(3600)
    /// Most name look-ups at a time, each a thread of its own; see `LinkLimits.lookups`.
    package var lookups = 4
    /// Most addresses tried of one name.
    package var addresses = 8
    /// How long the core's full inbox is left alone before the reports that it refused are offered
    /// again; a turn of the core takes less.
    package var redelivery = Duration.milliseconds(20)

    package init() {}
}
