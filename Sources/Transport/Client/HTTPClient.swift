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
        try handle.prepare(url: url, timeout: timeout, trust: caFile)
        let answer = CurlAnswer(limit: limits.answerBytes)
        try handle.prepareCall(method, headers: headers, body: body, into: answer)
        try handle.check(curl_easy_perform(handle.pointer))
        return HTTPResponse(status: handle.status, headers: answer.headers, body: answer.body)
    }
}
