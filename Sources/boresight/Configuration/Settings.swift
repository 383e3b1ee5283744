import API

/// The effective configuration: what flags, environment, file and defaults amount to.
struct Settings: Sendable {
    let listen: [ListenAddress]
    /// The data folder; it need not exist yet.
    let data: String
    /// The folder of maps; it need not exist.
    let tiles: String
    let gpsd: GpsdAddress
    let station: WrittenPosition?
    let tls: TLSFiles?
    /// Where HTTPS is served with the station's own authority.
    let https: [HostPort]
    let wifi: WiFiFiles?
    /// Origins whose pages may call the API.
    let cors: [WebOrigin]
    /// Origins whose pages may open WebSockets, besides our own.
    let origins: [WebAddress]
    let publicURL: WebAddress?
    /// A PEM file of the authorities that vouch for servers that the daemon calls.
    let webAuthority: String?
    /// Where the rooms of game nights are.
    let rooms: RoomPlace
    /// A file with the key of the hosts of game nights; nil for the data folder's own.
    let hostKeyFile: String?
    /// A file with the programs that workspaces may run.
    let workspaceCommands: String?
    let tunnel: WrittenTunnel?
    /// Whether people may make themselves users.
    let registration: Registration
    let logFormat: LogFormat
    let logLevel: LogThreshold
    let sessionsPerMinute: Int
    let liveSessions: Int
    /// Positions that the trail of a location keeps.
    let trail: Int
    /// Where everything is recorded.
    let record: String?
    let recordSize: WrittenSize
    /// Nil when nothing is kept for a report.
    let historySize: WrittenSize?
    let historyFolder: String
    /// Nil means that the seed is drawn.
    let seed: UInt64?
    let server: WebAddress
    let tokenFile: TokenFile
    /// A PEM file of the authority that vouches for the server.
    let authorityFile: String?

    /// A certificate chain and its key, both PEM files.
    struct TLSFiles: Equatable, Sendable {
        let certificate: String
        let key: String
    }

    /// A wireless network, and the file with its password; nil for an open one.
    struct WiFiFiles: Equatable, Sendable {
        let name: String
        let password: String?
    }

    /// The file that holds the caller's token.
    struct TokenFile: Equatable, Sendable {
        let path: String
        /// Whether somebody named it; then it must exist.
        let isRequired: Bool
    }
}

extension Settings {
    /// Reads every setting from the gravest layer that has it.
    init(
        _ layers: SettingLayers, environment: [String: String]
    ) throws(CommandFailure) {
        listen = try layers.list(Declared.listen)
        let data = try layers.value(Declared.data, default: DataFolder.path(in: environment))
        guard let data else {
            throw CommandFailure(
                .configuration, "there is no data folder: neither HOME nor XDG_DATA_HOME is set",
                hint: "name one: --data DIR")
        }
        self.data = data
        tiles = try layers.value(Declared.tiles, default: data + "/tiles") ?? data + "/tiles"
        gpsd = try layers.required(Declared.gpsd)
        station = try layers.value(Declared.station)
        tls = try Self.tlsFiles(layers)
        https = try layers.list(Declared.https)
        guard tls == nil || https.isEmpty else {
            throw layers.failure(
                Declared.https.declaration,
                "https is for the station's own authority; with tls.certificate, listen is HTTPS")
        }
        wifi = try Self.wifi(layers)
        cors = try layers.list(Declared.cors)
        origins = try Self.pages(layers)
        publicURL = try layers.value(Declared.publicURL)
        webAuthority = try layers.value(Declared.webAuthority)
        rooms = try layers.required(Declared.rooms)
        hostKeyFile = try layers.value(Declared.hostKey, default: nil)
        workspaceCommands = try layers.value(Declared.workspaceCommands)
        tunnel = try layers.value(Declared.tunnel)
        registration = try layers.required(Declared.registration)
        logFormat = try layers.required(Declared.logFormat)
        logLevel = try layers.required(Declared.logLevel)
        sessionsPerMinute = try layers.required(Declared.sessionsPerMinute).value
        liveSessions = try layers.required(Declared.liveSessions).value
        trail = try layers.required(Declared.trail).value
        record = try layers.value(Declared.record)
        recordSize = try layers.required(Declared.recordSize)
        let history = try layers.required(Declared.history)
        historyFolder = try layers.value(Declared.historyFolder, default: data) ?? data
        historySize = history.bytes > 0 ? history : nil
        guard recordSize.bytes > 0 else {
            throw layers.failure(Declared.recordSize.declaration, "record-size cannot be nothing")
        }
        seed = try layers.value(Declared.seed)
        server = try layers.required(Declared.server)
        authorityFile = try layers.value(Declared.authority)
        let tokenFile = try layers.value(Declared.tokenFile, default: nil)
        self.tokenFile = TokenFile(
            path: tokenFile ?? data + "/admin.token", isRequired: tokenFile != nil)
    }

    private static func tlsFiles(_ layers: SettingLayers) throws(CommandFailure) -> TLSFiles? {
        switch (try layers.value(Declared.tlsCertificate), try layers.value(Declared.tlsKey)) {
        case (let certificate?, let key?): return TLSFiles(certificate: certificate, key: key)
        case (nil, nil): return nil
        case (_?, nil):
            throw layers.failure(
                Declared.tlsCertificate.declaration, "tls.certificate is set and tls.key is not")
        case (nil, _?):
            throw layers.failure(
                Declared.tlsKey.declaration, "tls.key is set and tls.certificate is not")
        }
    }

    private static func wifi(_ layers: SettingLayers) throws(CommandFailure) -> WiFiFiles? {
        let password = try layers.value(Declared.wifiPassword)
        guard let name = try layers.value(Declared.wifiName) else {
            guard password == nil else {
                throw layers.failure(
                    Declared.wifiPassword.declaration,
                    "wifi.password-file is set and wifi.name is not")
            }
            return nil
        }
        guard WiFi.isName(name) else {
            throw layers.failure(
                Declared.wifiName.declaration, "wifi.name must have 1 to 32 bytes of text")
        }
        return WiFiFiles(name: name, password: password)
    }

    private static func pages(_ layers: SettingLayers) throws(CommandFailure) -> [WebAddress] {
        var pages: [WebAddress] = []
        for origin in try layers.list(Declared.origins) {
            guard case .page(let address) = origin else {
                throw layers.failure(
                    Declared.origins.declaration, "origins cannot hold *: name each origin")
            }
            pages.append(address)
        }
        return pages
    }
}
