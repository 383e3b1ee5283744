import JSON
import Station
import Transport

/// How phones reach the station: into its wireless network, and over HTTPS that they trust.
struct ReachRoutes: Sendable {
    let settings: GatewaySettings
    let station: FieldStation

    static let certificatePath = "/v1/authority/boresight-authority.crt"

    var routes: [Route] {
        [
            Route("GET", "/v1/wifi", showWiFi, Self.ofWiFi),
            Route("GET", "/v1/authority", showAuthority, Self.ofAuthority),
            Route("GET", Self.certificatePath, certificate, Self.ofCertificate),
        ]
    }

    // MARK: Wi-Fi

    private func showWiFi(_ request: APIRequest) throws(APIError) -> Reply {
        _ = try Access(station: station).caller(request)
        // A page asks whether there is one: no error.
        guard let wifi = settings.wifi else { return .empty(204) }
        var body = wifi.json
        body["qrSvg"] = QRCode(wifi.code).map { .string($0.svg) } ?? .null
        return .object(body)
    }

    private static var ofWiFi: Operation {
        Operation("Show wireless network", "The way into the station's wireless network.")
            .answers(
                200, "The network.",
                .object(
                    .required("name", .text), .required("security", .choice(["WPA", "nopass"])),
                    .required("qrSvg", .text.orNull, "What a phone's camera reads, as an SVG."))
            )
            .answers(204, "No wireless network is set.")
    }

    // MARK: Authority

    private func showAuthority(_ request: APIRequest) throws(APIError) -> Reply {
        guard let authority = settings.authority else { return .empty(204) }
        return .object([
            "httpsUrls": .array(authority.urls.map(JSONValue.string)),
            "certificateUrl": .string(Self.certificatePath),
            "fingerprint": .string(authority.fingerprint),
        ])
    }

    private func certificate(_ request: APIRequest) throws(APIError) -> Reply {
        guard let authority = settings.authority else {
            throw APIError(404, "HTTPS is not served with an authority; see the setting https")
        }
        return .content(
            type: "application/x-x509-ca-cert", bytes: Array(authority.certificate.utf8),
            headers: [.init(name: "Cache-Control", value: "no-cache")])
    }

    private static var ofAuthority: Operation {
        Operation("Show authority", "The station's own certificate authority.").withoutToken
            .answers(
                200, "The authority.",
                .object(
                    .required("httpsUrls", .list(of: .text), "Where HTTPS is served, best first."),
                    .required("certificateUrl", .text), .required("fingerprint", .text, "SHA-256.")
                )
            )
            .answers(204, "The station has none.")
    }

    private static var ofCertificate: Operation {
        Operation("Get authority's certificate", "For a phone to trust.").withoutToken
            .answers(200, "PEM.", content: [("application/x-x509-ca-cert", .text)])
            .refuses(404, "The station has none.")
    }
}
