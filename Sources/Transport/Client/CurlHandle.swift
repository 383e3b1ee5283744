import CCurl

/// Owns one libcurl easy handle. Not thread-safe.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer

    /// libcurl's own set-up, once a process.
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init() throws(ClientError) {
        guard Self.isReady, let pointer = curl_easy_init() else {
            throw .broken(reason: "libcurl cannot start")
        }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
    }

    func prepare(url: String, timeout: Duration, trust caFile: String?) throws(ClientError) {
        try check(ccurl_only_http(pointer))
        try check(ccurl_set_text(pointer, CURLOPT_URL, url))
        // Signals belong to the program; without them libcurl resolves in a thread.
        try check(ccurl_set_long(pointer, CURLOPT_NOSIGNAL, 1))
        let (seconds, attoseconds) = timeout.components
        let milliseconds = max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
        try check(ccurl_set_long(pointer, CURLOPT_CONNECTTIMEOUT_MS, Int(milliseconds)))
        try check(ccurl_set_long(pointer, CURLOPT_TIMEOUT_MS, Int(milliseconds)))
        if let caFile { try check(ccurl_set_text(pointer, CURLOPT_CAINFO, caFile)) }
    }

    func check(_ code: CURLcode) throws(ClientError) {
        guard code != CURLE_OK else { return }
        let reason = String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: throw .invalidURL(reason)
        case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            throw .cannotConnect(reason: reason)
        case CURLE_OPERATION_TIMEDOUT: throw .timedOut
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE:
            throw .notTrusted(reason: reason)
        case CURLE_WRITE_ERROR: throw .answerTooLarge
        default: throw .broken(reason: reason)
        }
    }
}
