import JSON

extension ServerAPI {
    /// The server's longest page of 002.
    private static let pageSize = 100
    /// The server's longest page of 001.
    private static let leasesOfPage = 500

    /// Everything that a list of 002 has, page after page.
    func pages(_ path: String) throws(CommandFailure) -> [JSONObject] {
        var items: [JSONObject] = []
        // What is added meanwhile moves the rest on, so that one may be seen twice.
        var seen: Set<String> = []
        var number = 1
        while let page = try object("\(path)?page=\(number)&page_size=\(Self.pageSize)") {
            let results = (page["results"]?.arrayValue ?? []).compactMap(\.objectValue)
            items += results.filter { seen.insert($0["id"]?.text ?? "").inserted }
            guard !results.isEmpty, page["next"]?.stringValue != nil else { break }
            number += 1
        }
        return items
    }

    /// An organisation's leases, the newest first.
    ///
    /// - Parameters:
    ///   - conditions: further parts of the query, such as `active=true`.
    ///   - most: no more than these; nil for all.
    func leases(
        _ conditions: [String] = [], atMost most: Int? = nil
    ) throws(CommandFailure) -> [JSONObject] {
        var leases: [JSONObject] = []
        var cursor: String?
        repeat {
            let limit = min(Self.leasesOfPage, (most ?? .max) - leases.count)
            let before = cursor.map { ["before=" + PathSegment.encoded($0)] } ?? []
            let query = (["limit=\(limit)"] + conditions + before).joined(separator: "&")
            let page = try call(.get, "/api/v1/sessions?" + query).value.objectValue
            leases += (page?["data"]?.arrayValue ?? []).compactMap(\.objectValue)
            cursor = page?["nextCursor"]?.stringValue
        } while cursor != nil && leases.count < most ?? .max
        return leases
    }
}
