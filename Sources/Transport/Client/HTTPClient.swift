import CCurl

/// Calls HTTP servers, one call at a time, blocking the caller's thread: for the command line.
///
/// The connection is kept open between calls. Not thread-safe: one owner.
package final class HTTPClient {
    private let handle: CurlHandle
    private let caFile: String?
    private let limits: ClientLimits

    /// - Parameter caFile: a PEM file of the authority to trust instead of the system's.
    package init(caFile: String? = nil, limits: ClientLimits = ClientLimits()) throws(ClientError) {
        handle = try CurlHandle()
        self.caFile = caFile
        self.limits = limits
    }

    /// Sends a request and waits for the whole answer, whatever its status. Follows no redirect.
    package func call(
        _ method: String, _ url: String, headers: HTTPHeaders = HTTPHeaders(),
        body: [UInt8]? = nil, timeout: Duration = .seconds(10)
    ) throws(ClientError) -> HTTPResponse {
        curl_easy_reset(handle.pointer)
        try handle.prepare(url: url, timeout: timeout, trust: caFile)
        if let body { try handle.check(ccurl_set_body(handle.pointer, body, body.count)) }
        if method == "HEAD" {
            try handle.check(ccurl_set_long(handle.pointer, CURLOPT_NOBODY, 1))
        } else {
            try handle.check(ccurl_set_text(handle.pointer, CURLOPT_CUSTOMREQUEST, method))
        }
        var list: UnsafeMutablePointer<curl_slist>?
        // An empty value keeps libcurl from waiting for "100 Continue".
        list = curl_slist_append(list, "Expect:")
        for field in headers.fields {
            list = curl_slist_append(list, "\(field.name): \(field.value)")
        }
        defer { curl_slist_free_all(list) }
        try handle.check(ccurl_set_headers(handle.pointer, list))
        let answer = Answer(limit: limits.answerBytes)
        try handle.check(
            ccurl_set_sinks(
                handle.pointer, curlBody, curlHeader, Unmanaged.passUnretained(answer).toOpaque()))
        let code = withExtendedLifetime(answer) { curl_easy_perform(handle.pointer) }
        try handle.check(code)
        return HTTPResponse(
            status: Int(ccurl_status(handle.pointer)), headers: answer.headers, body: answer.body)
    }
}

/// Collects an answer while libcurl receives it.
private final class Answer {
    let limit: Int
    var headers = HTTPHeaders()
    var body: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    func addHeader(_ line: String) {
        // Each new status line begins a new head, such as after "100 Continue".
        if line.hasPrefix("HTTP/") { headers = HTTPHeaders() }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].filter {
            $0 != "\r\n" && $0 != "\r" && $0 != "\n"
        }
        headers.add(String(line[..<colon]), String(value.drop { $0 == " " }))
    }
}

private func curlBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let answer = Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue()
    guard answer.body.count + size * count <= answer.limit else { return 0 }
    answer.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private func curlHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let answer = Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue()
    answer.addHeader(
        String(decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self))
    return size * count
}
