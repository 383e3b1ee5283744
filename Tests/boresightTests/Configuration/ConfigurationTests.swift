import Testing

@testable import boresight

@Suite struct ConfigurationTests {
    private func load(
        _ words: [String] = [], environment: [String: String] = ["HOME": "/home/op"],
        files: [String: String] = [:]
    ) throws -> Configuration {
        guard
            case .run(_, let invocation) = try CommandLineParser(root: CommandTree.root).parse(
                ["serve"] + words)
        else { throw CommandFailure(.failure, "not a run") }
        let context = RecordedOutput().context(environment: environment, files: files)
        return try Configuration.load(invocation, context)
    }

    private static let fileName = "/etc/boresight/boresight.json"

    @Test func `without anything the defaults hold`() throws {
        let configuration = try load()
        let settings = configuration.settings
        #expect(settings.listen.map(\.address) == [HostPort(host: "127.0.0.1", port: 8473)])
        #expect(settings.data == "/home/op/.local/share/boresight")
        #expect(settings.gpsd == .server(HostPort(host: "127.0.0.1", port: 2947)))
        #expect(settings.station == nil && settings.tls == nil && settings.seed == nil)
        #expect(settings.cors.isEmpty && settings.origins.isEmpty && settings.publicURL == nil)
        #expect(settings.logFormat == .text && settings.logLevel == .info)
        #expect(settings.sessionsPerMinute == 60 && settings.liveSessions == 10_000)
        #expect(settings.trail == 3600)
        #expect(settings.server.description == "http://127.0.0.1:8473")
        #expect(
            settings.tokenFile
                == Settings.TokenFile(
                    path: "/home/op/.local/share/boresight/admin.token", isRequired: false))
        #expect(configuration.file == nil)
    }

    @Test func `options beat the environment, it beats the file, that beats the defaults`() throws {
        let file = [Self.fileName: "{gpsd: 'file:1', log: {level: 'error'}}"]
        let home = ["HOME": "/home/op"]
        let environment = ["HOME": "/home/op", "BORESIGHT_GPSD": "environment:2"]
        let option = ["--gpsd", "option:3"]
        func gpsd(_ configuration: Configuration) -> GpsdAddress { configuration.settings.gpsd }
        #expect(
            gpsd(try load(option, environment: environment, files: file))
                == .server(HostPort(host: "option", port: 3)))
        #expect(
            gpsd(try load(environment: environment, files: file))
                == .server(HostPort(host: "environment", port: 2)))
        #expect(
            gpsd(try load(environment: home, files: file))
                == .server(HostPort(host: "file", port: 1)))
        #expect(gpsd(try load()) == .server(HostPort(host: "127.0.0.1", port: 2947)))
        let settings = try load(option, environment: environment, files: file).settings
        #expect(settings.logLevel == .error, "the file still counts for what is not overruled")
    }

    @Test func `a list comes whole from one layer`() throws {
        let files = [Self.fileName: "{listen: ['127.0.0.1:1', '[::1]:2']}"]
        #expect(try load(files: files).settings.listen.count == 2)
        let words = ["--listen", "0.0.0.0:3", "--listen", "game-night=0.0.0.0:4"]
        let listen = try load(words, files: files).settings.listen
        #expect(listen.map(\.address.port) == [3, 4])
        #expect(listen.map(\.api) == [nil, .gameNight])
        let environment = ["HOME": "/h", "BORESIGHT_LISTEN": "127.0.0.1:5, 127.0.0.1:6"]
        #expect(
            try load(environment: environment, files: files).settings.listen.map(\.address.port)
                == [5, 6])
    }

    @Test func `every setting can be set in the file`() throws {
        let text = """
            // A station on the roof.
            {
                listen: ["0.0.0.0:8473"], data: "state", gpsd: "none", station: "52.5,13.4,40",
                tls: {certificate: "tls/chain.pem", key: "/keys/key.pem"},
                cors: ["*"], origins: ["https://pages.example"], "public-url": "https://a.example",
                log: {format: "json", level: "debug"},
                limits: {"sessions-per-minute": 5, "live-sessions": 0x10, trail: 7}, seed: 42,
                server: "http://[::1]:1", "token-file": "my.token",
                authority: "ca.pem", web: {authority: "servers.pem"},
            }
            """
        let settings = try load(files: [Self.fileName: text]).settings
        #expect(settings.data == "/etc/boresight/state")
        #expect(settings.gpsd == .none)
        #expect(settings.station?.altitudeMetres == 40)
        #expect(
            settings.tls
                == Settings.TLSFiles(
                    certificate: "/etc/boresight/tls/chain.pem", key: "/keys/key.pem"))
        #expect(settings.cors == [.any])
        #expect(settings.origins.map(\.description) == ["https://pages.example"])
        #expect(settings.publicURL?.description == "https://a.example")
        #expect(settings.logFormat == .json && settings.logLevel == .debug)
        #expect(settings.sessionsPerMinute == 5 && settings.liveSessions == 16)
        #expect(settings.trail == 7)
        #expect(settings.seed == 42)
        #expect(settings.server.description == "http://[::1]:1")
        #expect(settings.tokenFile.path == "/etc/boresight/my.token")
        #expect(settings.authorityFile == "/etc/boresight/ca.pem")
        #expect(settings.webAuthority == "/etc/boresight/servers.pem")
    }

    static let mistakes: [(String, String, String?)] = [
        ("{\n  lisen: []\n}", "2:3: there is no setting 'lisen'", "did you mean 'listen'?"),
        (
            "{limits: {\n 'live-sesions': 1}}", "2:2: there is no setting 'limits.live-sesions'",
            "did you mean 'limits.live-sessions'?"
        ),
        ("{level: 'info'}", "1:2: there is no setting 'level'", "did you mean 'log.level'?"),
        ("{nonsense: 1}", "1:2: there is no setting 'nonsense'", nil),
        ("{listen: '127.0.0.1:1'}", "1:10: listen must be a list of texts, not a text", nil),
        ("{listen: [1]}", "1:11: listen must be a list of texts, not a number", nil),
        ("{listen: ['a:1',\n'b']}", "2:1: listen 'b' is not HOST:PORT", nil),
        ("{gpsd: 2947}", "1:8: gpsd must be a text, not a number", nil),
        ("{seed: '1'}", "1:8: seed must be a number, not a text", nil),
        ("{log: 'json'}", "1:7: log must be an object, not a text", nil),
        (
            "{log: {format: 'jsno'}}",
            "1:16: log.format 'jsno' is not one of text, json; did you mean json?", nil
        ),
        (
            "{limits: {'live-sessions': 0}}",
            "1:28: limits.live-sessions '0' is not a whole number from 1 to 100000000", nil
        ),
        ("[]", "1:1: the file must hold an object, not a list", nil),
        ("{gpsd: }", "1:8: '}' stands where a value should", nil),
        ("{tls: {certificate: '/c'}}", "1:21: tls.certificate is set and tls.key is not", nil),
        ("{tls: {key: '/k'}}", "1:13: tls.key is set and tls.certificate is not", nil),
        ("{origins: ['*']}", "1:12: origins cannot hold *: name each origin", nil),
        ("{data: null}", "1:8: data must be a text, not null", nil),
    ]

    @Test(arguments: mistakes)
    func `a mistake in the file is named with its place`(
        text: String, message: String, hint: String?
    ) {
        #expect(
            throws: CommandFailure(
                .configuration, "\(Self.fileName):\(message)", hint: hint)
        ) { try load(files: [Self.fileName: text]) }
    }

    @Test func `a bad variable is a configuration error, a bad option a usage error`() {
        #expect(
            throws: CommandFailure(.configuration, "BORESIGHT_GPSD: gpsd 'x' is not HOST:PORT")
        ) { try load(environment: ["HOME": "/h", "BORESIGHT_GPSD": "x"]) }
        #expect(throws: CommandFailure.usage("--gpsd 'x' is not HOST:PORT", path: ["serve"])) {
            try load(["--gpsd", "x"])
        }
        #expect(
            throws: CommandFailure(
                .usage, "--tls-key: tls.key is set and tls.certificate is not")
        ) { try load(["--tls-key", "/k"]) }
    }

    @Test func `the file is named by option, by variable or found`() throws {
        let files = [
            "/a": "{seed: 1}", "/b": "{seed: 2}", "/x/boresight/boresight.json": "{seed: 3}",
            "/home/op/.config/boresight/boresight.json": "{seed: 4}", Self.fileName: "{seed: 5}",
        ]
        let all = ["HOME": "/home/op", "BORESIGHT_CONFIG": "/b", "XDG_CONFIG_HOME": "/x"]
        #expect(try load(["-c", "/a"], environment: all, files: files).settings.seed == 1)
        #expect(try load(environment: all, files: files).settings.seed == 2)
        let found = ["HOME": "/home/op", "XDG_CONFIG_HOME": "/x"]
        #expect(try load(environment: found, files: files).settings.seed == 3)
        #expect(try load(files: files).settings.seed == 4)
        #expect(try load(files: [Self.fileName: "{seed: 5}"]).file == Self.fileName)
    }

    @Test func `a named file must exist`() {
        #expect(throws: CommandFailure(.configuration, "/none: No such file or directory")) {
            try load(["--config", "/none"])
        }
    }

    static let folders: [([String: String], String)] = [
        (["STATE_DIRECTORY": "/var/lib/boresight:/b", "HOME": "/h"], "/var/lib/boresight"),
        (["XDG_DATA_HOME": "/d", "HOME": "/h"], "/d/boresight"),
        (["XDG_DATA_HOME": "relative", "HOME": "/h"], "/h/.local/share/boresight"),
    ]

    @Test(arguments: folders)
    func `the data folder follows the environment`(
        environment: [String: String], path: String
    ) throws {
        #expect(try load(environment: environment).settings.data == path)
    }

    @Test func `without a home the data folder must be named`() throws {
        #expect(throws: CommandFailure.self) { try load(environment: [:]) }
        #expect(try load(["--data", "/d"], environment: [:]).settings.data == "/d")
    }

    @Test func `variables of our prefix that mean nothing are told`() throws {
        let environment = [
            "HOME": "/h", "BORESIGHT_PORT": "tcp://x", "BORESIGHT_SEED": "1",
            "BORESIGHT_CONFIG": "/c",
        ]
        let configuration = try load(environment: environment, files: ["/c": "{}"])
        #expect(configuration.unknownVariables == ["BORESIGHT_PORT"])
    }

    @Test func `where a setting comes from is known`() throws {
        let configuration = try load(
            ["--gpsd", "none"], environment: ["HOME": "/h", "BORESIGHT_SEED": "1"],
            files: [Self.fileName: "{\n log: {level: 'warn'}}"])
        func origin(_ setting: SettingDeclaration) -> String {
            configuration.layers.origin(of: setting).description
        }
        #expect(origin(Settings.Declared.gpsd.declaration) == "--gpsd")
        #expect(origin(Settings.Declared.seed.declaration) == "BORESIGHT_SEED")
        #expect(origin(Settings.Declared.logLevel.declaration) == Self.fileName + ":2:15")
        #expect(origin(Settings.Declared.listen.declaration) == "default")
    }
}
