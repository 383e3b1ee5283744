import JSON

/// The station's own certificate authority, as phones are told of it.
package struct TrustedAuthority: Sendable, Equatable {
    /// PEM.
    package let certificate: String
    /// SHA-256, in pairs of digits.
    package let fingerprint: String
    /// Where the station serves HTTPS, best first.
    package let urls: [String]

    package init(certificate: String, fingerprint: String, urls: [String]) {
        self.certificate = certificate
        self.fingerprint = fingerprint
        self.urls = urls
    }

    /// As a recording keeps it.
    init?(_ json: JSONObject) {
        guard let certificate = json["certificate"]?.stringValue,
            let fingerprint = json["fingerprint"]?.stringValue
        else { return nil }
        let urls = json["urls"]?.arrayValue?.compactMap(\.stringValue) ?? []
        self.init(certificate: certificate, fingerprint: fingerprint, urls: urls)
    }

    var json: JSONObject {
        [
            "certificate": .string(certificate), "fingerprint": .string(fingerprint),
            "urls": .array(urls.map(JSONValue.string)),
        ]
    }
}
