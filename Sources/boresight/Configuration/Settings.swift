/// The effective configuration: what flags, environment, file and defaults amount to.
struct Settings: Sendable {
    let listen: [ListenAddress]
    /// The data folder; it need not exist yet.
    let data: String
    let gpsd: GpsdAddress
    let station: WrittenPosition?
    let tls: TLSFiles?
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
        gpsd = try layers.required(Declared.gpsd)
        station = try layers.value(Declared.station)
        tls = try Self.tlsFiles(layers)
        cors = try layers.list(Declared.cors)
        origins = try Self.pages(layers)
        publicURL = try layers.value(Declared.publicURL)
        webAuthority = try layers.value(Declared.webAuthority)
        rooms = try layers.required(Declared.rooms)
        hostKeyFile = try layers.value(Declared.hostKey, default: nil)
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
