import CCurl
import CLinux
import Glibc

/// Owns one libcurl easy handle. Not thread-safe.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    /// What the transfer's answer goes to; libcurl has only a pointer to it.
    private var answer: CurlAnswer?

    /// libcurl's own set-up, once a process.
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Nobody waits longer; libcurl counts milliseconds in 32 bits on a small machine.
    static let longestTimeout = Duration.seconds(24 * 3600)

    init() throws(ClientError) {
        guard Self.isReady, let pointer = curl_easy_init() else {
            throw .broken(reason: "libcurl cannot start")
        }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerList)
    }

    /// Sets what calls and sockets have in common, and forgets what was before.
    func prepare(url: String, timeout: Duration, trust caFile: String?) throws(ClientError) {
        guard Self.isOfHTTP(url) else { throw .invalidURL(url) }
        curl_easy_reset(pointer)
        curl_slist_free_all(headerList)
        headerList = nil
        answer = nil
        try check(ccurl_only_http(pointer))
        // A socket's handshake belongs to HTTP/1.1 (RFC 6455 §4.1), and calls gain little by more.
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try check(ccurl_set_text(pointer, CURLOPT_URL, url))
        // Signals belong to the program; without them libcurl resolves in a thread.
        try set(CURLOPT_NOSIGNAL, 1)
        let (seconds, attoseconds) = min(timeout, Self.longestTimeout).components
        let milliseconds = max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(milliseconds))
        try set(CURLOPT_TIMEOUT_MS, Int(milliseconds))
        if let caFile { try check(ccurl_set_text(pointer, CURLOPT_CAINFO, caFile)) }
    }

    /// libcurl would guess at a scheme that is missing.
    private static func isOfHTTP(_ url: String) -> Bool {
        ["http", "https"].contains(url.prefix { $0 != ":" }.lowercased())
    }

    /// Sets what a call says, after `prepare`.
    func prepareCall(
        _ method: String, headers: HTTPHeaders, body: [UInt8]?, into answer: CurlAnswer
    ) throws(ClientError) {
        if let body { try check(ccurl_set_body(pointer, body, body.count)) }
        if method == "HEAD" {
            try set(CURLOPT_NOBODY, 1)
        } else {
            try check(ccurl_set_text(pointer, CURLOPT_CUSTOMREQUEST, method))
        }
        // An empty value keeps libcurl from waiting for "100 Continue".
        headerList = curl_slist_append(headerList, "Expect:")
        // And here from calling the body a form.
        if headers["Content-Type"] == nil {
            headerList = curl_slist_append(headerList, "Content-Type:")
        }
        for field in headers.fields {
            // libcurl's way to say a field that is empty.
            let line = field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
            headerList = curl_slist_append(headerList, line)
        }
        try check(ccurl_set_headers(pointer, headerList))
        self.answer = answer
        try check(
            ccurl_set_sinks(
                pointer, CurlAnswer.bodySink, CurlAnswer.headerSink,
                Unmanaged.passUnretained(answer).toOpaque()))
    }

    /// Lets the transfer only connect and encrypt, after `prepare`.
    func prepareSocket() throws(ClientError) {
        try set(CURLOPT_CONNECT_ONLY, 1)
        // A proxy then passes the bytes on instead of reading them.
        try set(CURLOPT_HTTPPROXYTUNNEL, 1)
    }

    /// Lets go of a look-up that has not ended, instead of waiting for it: `prepare` first.
    ///
    /// libcurl's thread for it then ends by itself.
    func abandonsLookups() throws(ClientError) {
        try set(CURLOPT_QUICK_EXIT, 1)
    }

    /// Of an answer that has come.
    var status: Int { Int(ccurl_status(pointer)) }

    // MARK: The bytes of a socket

    enum Reading {
        case bytes(Int)
        case nothing
        case end
    }

    var descriptor: Int32 { ccurl_socket(pointer) }

    /// Lets small messages leave at once.
    func sendAtOnce() {
        var yes: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes,
            socklen_t(MemoryLayout<Int32>.size))
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
        var count = 0
        let code = curl_easy_recv(pointer, buffer.baseAddress, buffer.count, &count)
        if code == CURLE_AGAIN { return .nothing }
        return code == CURLE_OK && count > 0 ? .bytes(count) : .end
    }

    /// How many bytes were taken; 0 when there is no room now. The same bytes must be offered again
    /// from the same place then.
    func send(_ bytes: UnsafeRawBufferPointer) throws(ClientError) -> Int {
        var count = 0
        let code = curl_easy_send(pointer, bytes.baseAddress, bytes.count, &count)
        if code == CURLE_AGAIN { return 0 }
        try check(code)
        return count
    }

    // MARK: Errors

    private func set(_ option: CURLoption, _ value: Int) throws(ClientError) {
        try check(ccurl_set_long(pointer, option, value))
    }

    func check(_ code: CURLcode) throws(ClientError) {
        if code != CURLE_OK { throw ClientError(code) }
    }
}

extension ClientError {
    init(_ code: CURLcode) {
        let reason = String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_URL_MALFORMAT: self = .invalidURL(reason)
        // The scheme was looked at before: it is the answer, which looks like HTTP/0.9.
        case CURLE_UNSUPPORTED_PROTOCOL: self = .broken(reason: "the answer is not HTTP")
        case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            self = .cannotConnect(reason: reason)
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED:
            self = .notTrusted(reason: reason)
        case CURLE_WRITE_ERROR, CURLE_FILESIZE_EXCEEDED: self = .answerTooLarge
        default: self = .broken(reason: reason)
        }
    }
}
