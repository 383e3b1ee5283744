import JSON
import Station
import Transport

/// The pages of the web app, and what they load.
struct PageRoutes: Sendable {
    let settings: GatewaySettings
    let station: FieldStation

    var routes: [Route] {
        [
            Self.page("/", "console/console.html"),
            Self.page("/fleet", "fleet/fleet.html"),
            Self.page("/replay", "replay/replay.html"),
            Self.page("/pair/{token}", "phone/phone.html"),
            Self.page(
                "/game-night/", "nights/host.html",
                Self.operation("Host page", "A page for the host of a game night.")),
            Self.page(
                "/game-night/stage", "nights/stage.html",
                Self.operation("Get stage", "A page for a television.")),
            Self.page(
                "/workspaces/", "workspaces/workspaces.html",
                Self.operation("Workspaces page", "A page for the users of workspaces.")),
            Route("GET", "/pair/{token}/qr.svg", qrCode),
            Route("GET", "/v1/pairing-urls", pairingURLs, Self.pairingURLsOperation),
        ]
            // With a port of its own an API's files must be below its own base.
            + ["", "/game-night", "/workspaces"].map { base in
                Route("GET", base + "/assets/{folder}/{file}", Self.asset, Self.assetOperation)
            }
    }

    private static func file(_ name: String, _ request: APIRequest) throws(APIError) -> Reply {
        // Here and not where it is made: the error is worded as others below the same path.
        guard WebFile.exists(name) else { throw APIError(404, "there is no file \(name)") }
        return .outside(.file(name, packs: request.http.takesGzip))
    }

    private static func asset(_ request: APIRequest) throws(APIError) -> Reply {
        try file(request[parameter: "folder"] + "/" + request[parameter: "file"], request)
    }

    /// The route of a page.
    private static func page(
        _ path: String, _ name: String,
        _ operation: @autoclosure @escaping @Sendable () -> Operation? = nil
    ) -> Route {
        Route("GET", path, { request throws(APIError) in try file(name, request) }, operation())
    }

    private static func operation(_ name: String, _ purpose: String) -> Operation {
        Operation(name, purpose).withoutToken
            .answers(200, "The page.", content: [("text/html", .text)])
    }

    private static var assetOperation: Operation {
        Operation("Get asset", "What the page loads.").withoutToken
            .path("folder", .text).path("file", .text)
            .answers(200, "The file.", content: [("text/css", .text), ("text/javascript", .text)])
            .refuses(404, "There is no such file.")
    }

    private func qrCode(_ request: APIRequest) throws(APIError) -> Reply {
        let token = try SessionRoutes.checkedToken(request[parameter: "token"])
        guard let code = settings.pairingURLs(token, request).first.flatMap(QRCode.init) else {
            throw APIError(400, "the host's name is too long for a QR code")
        }
        return .content(
            type: "image/svg+xml", bytes: Array(code.svg.utf8),
            headers: [.init(name: "Cache-Control", value: "no-store")])
    }

    private func pairingURLs(_ request: APIRequest) throws(APIError) -> Reply {
        let token = try SessionRoutes.checkedToken(request.query("token") ?? "")
        return .object(["urls": .array(settings.pairingURLs(token, request).map(JSONValue.string))])
    }

    private static var pairingURLsOperation: Operation {
        Operation("List pairing addresses", "Where a phone finds its page, best first.")
            .withoutToken
            .query("token", SessionRoutes.tokenSchema, "The pairing session's.", isRequired: true)
            .answers(200, "The addresses.", .object(.required("urls", .list(of: .text))))
            .refuses(400, "This is no token of a pairing session.")
    }
}
