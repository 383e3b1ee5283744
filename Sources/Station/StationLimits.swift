import Engine

/// The bounds of the station's actors. Each can be set in the configuration where it says so.
package struct StationLimits: Sendable {
    /// Live pairing sessions; beyond that creating one is refused with 503. A session is a few
    /// hundred bytes, so this is about 10 MB. Configurable.
    package var liveSessions = 10_000
    /// Expired sessions that are remembered to answer 410; the oldest are forgotten first.
    package var expiredSessions = 50_000
    /// How long an expired session is remembered.
    package var expiredRetention = Duration.seconds(7 * 86_400)
    /// The life of a session, from the API's document.
    package var sessionLifetime = Duration.seconds(86_400)
    /// Sockets of one session: a laptop, a phone, a wall, and spare ones for reconnects.
    package var socketsPerSession = 8
    /// Characters of `device_info`, from the contract.
    package var deviceDescriptionCharacters = 512
    /// Creating and joining sessions, per address and minute. Configurable.
    package var sessionRequestsPerMinute = 60
    /// Addresses whose rate is remembered; the one that has rested longest is forgotten first.
    package var rateLimitedAddresses = 4096
    /// A `target` or `mode` message longer than this is relayed, but neither obeyed nor kept.
    package var rememberedMessageBytes = 2048
    /// How long a relayed target or mode may wait before it is written down.
    package var rememberedSaveDelay = Duration.seconds(1)
    /// Rotors that one station may have; each holds a connection and a poll.
    package var rotors = 64

    /// Devices of all organisations; each is a few hundred bytes.
    package var devices = 50_000
    /// Characters of a device's name, platform, type and version.
    package var deviceTextCharacters = 64
    /// Ended leases of all organisations; beyond that the one that has most of them loses its
    /// oldest, in the store too. This many take 90 MB, three quarters of it in the recorder, which
    /// keeps the rows of the start, and five times as much for a moment while the station starts.
    /// They are one lease every minute for three months.
    package var endedLeases = 150_000
    /// How long a lease may be asked for: a year is as good as for ever.
    package var leaseDurations = Duration.seconds(1)...Duration.seconds(366 * 86_400)
    /// How long a holder may be silent: less than a phone needs to come back is no use.
    package var leaseHeartbeats = Duration.seconds(5)...Duration.seconds(86_400)

    /// Locations of all organisations; each is a few hundred bytes and its trail.
    package var locations = 20_000
    /// Characters of a location's name and address: a postal address has a few lines.
    package var locationTextCharacters = 256
    /// Sightings that a location's trail keeps: an hour at one a second. Configurable.
    package var trailSightings = 3600
    /// Sightings of all trails together, 56 bytes each: 28 MB. Many locations share it evenly.
    package var allTrailSightings = 500_000

    package init() {}
}
