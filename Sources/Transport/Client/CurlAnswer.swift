import CCurl

/// Collects an answer while libcurl receives it.
final class CurlAnswer {
    private let limit: Int
    private(set) var headers = HTTPHeaders()
    private(set) var body: [UInt8] = []

    /// - Parameter limit: the bytes that the body may have.
    init(limit: Int) {
        self.limit = limit
    }

    fileprivate func addHeader(_ line: String) {
        // Each new status line begins a new head, such as after "100 Continue".
        if line.hasPrefix("HTTP/") { headers = HTTPHeaders() }
        headers.add(line: line)
    }

    fileprivate func add(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= limit else { return false }
        body.append(contentsOf: bytes)
        return true
    }

    // MARK: Called by libcurl

    static let bodySink: ccurl_sink = { bytes, size, count, context in
        guard let context else { return 0 }
        let answer = Unmanaged<CurlAnswer>.fromOpaque(context).takeUnretainedValue()
        let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return answer.add(piece) ? size * count : 0
    }

    static let headerSink: ccurl_sink = { bytes, size, count, context in
        guard let context else { return 0 }
        let answer = Unmanaged<CurlAnswer>.fromOpaque(context).takeUnretainedValue()
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        answer.addHeader(String(decoding: line, as: UTF8.self))
        return size * count
    }
}

extension HTTPHeaders {
    /// Adds a field as it stands in a head; a line without a colon is none.
    mutating func add(line: some StringProtocol) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].filter {
            $0 != "\r\n" && $0 != "\r" && $0 != "\n"
        }
        add(String(line[..<colon]), String(value.drop { $0 == " " }))
    }
}
