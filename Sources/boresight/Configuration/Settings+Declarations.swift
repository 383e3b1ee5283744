/// Every setting: its key in the file, from which the option and the environment variable follow.
extension Settings {
    enum Declared {
        static let listen = Setting<ListenAddress>(
            "listen", shape: .list, default: "127.0.0.1:8473",
            "accept connections here; port 0 picks a free one; game-night= or workspaces= in "
                + "front gives that API a port of its own")
        static let data = Setting<String>(
            "data", placeholder: "DIR", shape: .path,
            default: "$XDG_DATA_HOME/boresight or ~/.local/share/boresight",
            "keep the store and the keys in this folder")
        static let tiles = Setting<String>(
            "tiles", placeholder: "DIR", shape: .path, default: "tiles in the data DIR",
            "show the maps (*.pmtiles, *.mbtiles) of this folder; see docs/maps.md")
        static let gpsd = Setting<GpsdAddress>(
            "gpsd", shape: .text, default: "127.0.0.1:2947", "take the station's position from here"
        )
        static let station = Setting<WrittenPosition>(
            "station", shape: .text, "where the antenna stands, when gpsd is not to say it")
        static let tlsCertificate = Setting<String>(
            "tls.certificate", placeholder: "FILE", shape: .path,
            "serve HTTPS with this certificate chain (PEM)")
        static let tlsKey = Setting<String>(
            "tls.key", placeholder: "FILE", shape: .path, "the certificate's private key (PEM)")
        static let https = Setting<HostPort>(
            "https", shape: .list,
            "serve HTTPS here too, with a certificate of the station's own authority, which phones "
                + "must be told to trust")
        static let wifiName = Setting<String>(
            "wifi.name", placeholder: "NAME", shape: .text,
            "show phones the way into this wireless network, as a QR code")
        static let wifiPassword = Setting<String>(
            "wifi.password-file", placeholder: "FILE", shape: .path,
            "that network's password; without it the network is open")
        static let cors = Setting<WebOrigin>(
            "cors", shape: .list, "let pages of this origin, or * for any, call the API")
        static let origins = Setting<WebOrigin>(
            "origins", shape: .list,
            "let pages of this origin open WebSockets; pages of our own always may")
        static let publicURL = Setting<WebAddress>(
            "public-url", shape: .text, "how phones reach this server; the QR code says it")
        static let webAuthority = Setting<String>(
            "web.authority", placeholder: "FILE", shape: .path,
            "trust this certificate authority (PEM) instead of the system's when calling servers: "
                + "webhooks and the room service")
        static let rooms = Setting<RoomPlace>(
            "game-night.rooms", shape: .text, default: "https://ecast.jackboxgames.com",
            "watch the rooms of game nights here; simulated, or a file such as "
                + "Fixtures/rooms/quick-lobby.json, rehearses without a service")
        static let hostKey = Setting<String>(
            "game-night.key", placeholder: "FILE", shape: .path,
            default: "game-night.key in the data DIR",
            "let hosts of game nights in who know the key in this file")
        static let workspaceCommands = Setting<String>(
            "workspaces.commands", placeholder: "FILE", shape: .path,
            "the programs that workspaces may run; see docs/workspaces.md")
        static let tunnel = Setting<WrittenTunnel>(
            "workspaces.tunnel", shape: .text,
            "how to tell whether users come through a tunnel; without it everybody counts as "
                + "encrypted")
        static let registration = Setting<Registration>(
            "workspaces.registration", shape: .text, default: "open",
            "whether people may make themselves users of workspaces; closed leaves it to "
                + "administrators")
        static let logFormat = Setting<LogFormat>(
            "log.format", shape: .text, default: "text", "how log lines look")
        static let logLevel = Setting<LogThreshold>(
            "log.level", shape: .text, default: "info", "log this and what is graver")
        static let sessionsPerMinute = Setting<Count>(
            "limits.sessions-per-minute", shape: .number, default: "60",
            "new sessions and joins that one address may ask for in a minute")
        static let liveSessions = Setting<Count>(
            "limits.live-sessions", shape: .number, default: "10000",
            "pairing sessions that may be alive at once")
        static let trail = Setting<Count>(
            "limits.trail", shape: .number, default: "3600",
            "positions that are kept of each mobile location; all together 500,000")
        static let record = Setting<String>(
            "record", placeholder: "FILE", shape: .path,
            "write everything that enters and leaves the station into this file, for a replay")
        static let recordSize = Setting<WrittenSize>(
            "record-size", shape: .text, default: "256MB",
            "begin another file (FILE.1, FILE.2, …) at this size; the last 8 are kept")
        static let history = Setting<WrittenSize>(
            "history", shape: .text, default: "32MB",
            "keep so much of what happened last in the data folder, for 'boresight report'; "
                + "0MB keeps nothing")
        static let historyFolder = Setting<String>(
            "history-folder", placeholder: "DIR", shape: .path, default: "the data DIR",
            "keep that history here; a folder in memory, such as /dev/shm, spares an SD card")
        static let seed = Setting<UInt64>(
            "seed", shape: .number, hidden: true, "make everything that is drawn repeatable")
        static let server = Setting<WebAddress>(
            "server", shape: .text, default: "http://127.0.0.1:8473", "talk to this server")
        static let tokenFile = Setting<String>(
            "token-file", placeholder: "FILE", shape: .path, default: "admin.token in the data DIR",
            "send the token that this file holds")
        static let authority = Setting<String>(
            "authority", placeholder: "FILE", shape: .path,
            "trust this certificate authority (PEM) instead of the system's")
    }

    /// The settings of the daemon, in the order of its help.
    static let ofServer: [SettingDeclaration] = [
        Declared.listen.declaration, Declared.data.declaration, Declared.tiles.declaration,
        Declared.gpsd.declaration,
        Declared.station.declaration, Declared.tlsCertificate.declaration,
        Declared.tlsKey.declaration, Declared.https.declaration, Declared.wifiName.declaration,
        Declared.wifiPassword.declaration, Declared.cors.declaration, Declared.origins.declaration,
        Declared.publicURL.declaration, Declared.webAuthority.declaration,
        Declared.rooms.declaration, Declared.hostKey.declaration,
        Declared.workspaceCommands.declaration, Declared.tunnel.declaration,
        Declared.registration.declaration,
        Declared.logFormat.declaration,
        Declared.logLevel.declaration, Declared.sessionsPerMinute.declaration,
        Declared.liveSessions.declaration, Declared.trail.declaration, Declared.record.declaration,
        Declared.recordSize.declaration, Declared.history.declaration,
        Declared.historyFolder.declaration,
        Declared.seed.declaration,
    ]

    /// The settings of a command that talks to a running daemon.
    static let ofClient: [SettingDeclaration] = [
        Declared.server.declaration, Declared.tokenFile.declaration, Declared.data.declaration,
        Declared.authority.declaration,
    ]

    /// What a configuration file may hold.
    static let all =
        ofServer + ofClient.filter { client in !ofServer.contains { $0.key == client.key } }
}
