import JSON
import Recording
import Synchronization
import Transport

/// The web app's files as browsers get them: compressed where they can unpack it, and not at all
/// when they have them already.
final class WebFileContent: Sendable {
    private struct Packed: Sendable {
        let file: WebFile
        let gzip: [UInt8]?
        let tag: String
    }

    /// What was asked for once; the files are few.
    private let packed = Mutex<[String: Packed]>([:])

    /// Only our own files, no frames, no inline code; tokens stand in addresses, so no referrer.
    static let headers: [HTTPHeaders.Field] = [
        .init(
            name: "Content-Security-Policy",
            value: "default-src 'none'; style-src 'self'; script-src 'self'; "
                + "img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'none'; "
                + "form-action 'none'; base-uri 'none'"),
        .init(name: "X-Content-Type-Options", value: "nosniff"),
        .init(name: "Referrer-Policy", value: "no-referrer"),
        .init(name: "Cache-Control", value: "no-cache"),
    ]

    func answer(_ name: String, packs: Bool, known: String?) throws(APIError) -> HTTPResponse {
        guard let packed = pack(name) else { throw APIError(404, "there is no file \(name)") }
        var headers = HTTPHeaders(Self.headers.map { ($0.name, $0.value) })
        headers.add("Content-Type", packed.file.contentType)
        headers.add("Vary", "Accept-Encoding")
        headers.add("ETag", EntityTag.written(packed.tag))
        if EntityTag.isKnown(packed.tag, among: known) {
            return HTTPResponse(status: 304, headers: headers)
        }
        guard packs, let gzip = packed.gzip else {
            return HTTPResponse(status: 200, headers: headers, body: packed.file.bytes)
        }
        headers.add("Content-Encoding", "gzip")
        return HTTPResponse(status: 200, headers: headers, body: gzip)
    }

    private func pack(_ name: String) -> Packed? {
        if let known = packed.withLock({ $0[name] }) { return known }
        guard let file = WebFile(name) else { return nil }
        let made = Packed(
            file: file, gzip: Gzip.compress(file.bytes),
            tag: Hex.text(Array(Digest.sha256(file.bytes).prefix(12))))
        packed.withLock { $0[name] = made }
        return made
    }
}

extension HTTPRequest {
    /// Whether the client unpacks gzip (RFC 9110 §12.5.3).
    var takesGzip: Bool {
        (headers["Accept-Encoding"] ?? "").split(separator: ",").contains { coding in
            let words = coding.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            return words.first == "gzip"
                && !words.dropFirst().contains {
                    $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0
                }
        }
    }
}
