import JSON
import Station
import Transport

/// The web pages: the laptop's at `/`, the phone's at `/pair/{token}`, a game night's for a
/// television at `/game-night/stage`, and what they load.
struct PageRoutes: Sendable {
    let settings: GatewaySettings
    let station: FieldStation

    var routes: [Route] {
        [
            Route("GET", "/") { _ throws(APIError) in try Self.page("laptop.html") },
            Route("GET", "/pair/{token}") { _ throws(APIError) in try Self.page("phone.html") },
            Route("GET", "/pair/{token}/qr.svg", qrCode),
            Route("GET", "/game-night/stage", Self.stage, Self.stageOperation),
            Route("GET", "/assets/{file}", Self.asset),
            // With a port of its own the stage's files must be below its own base.
            Route("GET", "/game-night/assets/{file}", Self.asset, Self.assetOperation),
            Route("GET", "/v1/pairing-urls", pairingURLs, Self.pairingURLsOperation),
        ]
    }

    /// Only our own files, no frames, no inline code; tokens stand in addresses, so no referrer.
    static let headers: [HTTPHeaders.Field] = [
        .init(
            name: "Content-Security-Policy",
            value: "default-src 'self'; style-src 'self'; script-src 'self'; "
                + "img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; "
                + "base-uri 'none'"),
        .init(name: "X-Content-Type-Options", value: "nosniff"),
        .init(name: "Referrer-Policy", value: "no-referrer"),
        .init(name: "Cache-Control", value: "no-cache"),
    ]

    private static func page(_ name: String) throws(APIError) -> Reply {
        guard let file = WebFile(name) else { throw APIError(404, "there is no file \(name)") }
        return .content(type: file.contentType, bytes: file.bytes, headers: headers)
    }

    static func asset(_ request: APIRequest) throws(APIError) -> Reply {
        try page(request[parameter: "file"])
    }

    private static func stage(_ request: APIRequest) throws(APIError) -> Reply {
        try page("stage.html")
    }

    private static var stageOperation: Operation {
        Operation("Get stage", "A page for a television.").withoutToken
            .answers(200, "The page.", content: [("text/html", .text)])
    }

    static var assetOperation: Operation {
        Operation("Get asset", "What the page loads.").withoutToken.path("file", .text)
            .answers(200, "The file.", content: [("text/css", .text), ("text/javascript", .text)])
            .refuses(404, "There is no such file.")
    }

    private func qrCode(_ request: APIRequest) throws(APIError) -> Reply {
        let token = try checkedToken(request[parameter: "token"])
        guard let code = QRCode(urls(token, request)[0]) else {
            throw APIError(400, "the host's name is too long for a QR code")
        }
        return .content(
            type: "image/svg+xml", bytes: Array(code.svg.utf8),
            headers: [.init(name: "Cache-Control", value: "no-store")])
    }

    private func pairingURLs(_ request: APIRequest) throws(APIError) -> Reply {
        let token = try checkedToken(request.query("token") ?? "")
        return .object(["urls": .array(urls(token, request).map(JSONValue.string))])
    }

    private static var pairingURLsOperation: Operation {
        Operation("List pairing addresses", "Where a phone finds its page, best first.")
            .withoutToken
            .query(
                "token",
                .text.characters(SessionRoutes.tokenCharacters).matching("[A-Za-z0-9._~-]*"),
                "The pairing session's.", isRequired: true
            )
            .answers(200, "The addresses.", .object(.required("urls", .list(of: .text))))
            .refuses(400, "This is no token of a pairing session.")
    }

    private func checkedToken(_ token: String) throws(APIError) -> String {
        guard SessionRoutes.isToken(token) else {
            throw APIError(400, "token must be 1 to 128 URL-safe characters")
        }
        return token
    }

    /// The addresses of the phone's page, best first: what the operator set, then the addresses of
    /// this machine, and where the asking browser reached it, which is of use to a phone unless it
    /// is the loopback.
    private func urls(_ token: String, _ request: APIRequest) -> [String] {
        let scheme = request.http.isSecure ? "https" : "http"
        let host = request.http.headers["Host"] ?? "localhost"
        let isLoopback = ["localhost", "127.", "[::1]"].contains { host.hasPrefix($0) }
        let own = "\(scheme)://\(host)"
        let bases = isLoopback ? settings.publicURLs + [own] : [own] + settings.publicURLs
        var seen: Set<String> = []
        return bases.filter { seen.insert($0).inserted }.map { "\($0)/pair/\(token)" }
    }
}
