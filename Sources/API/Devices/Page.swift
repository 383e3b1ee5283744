import JSON

/// One page of a list of 002: `page` and `page_size`, newest first.
struct Page {
    private let number: Int
    private let size: Int

    static let defaultSize = 10
    static let mostItems = 100

    init(_ request: APIRequest) throws(APIError) {
        number = try Self.number(request, "page") ?? 1
        guard let size = try Self.number(request, "page_size") else {
            size = Self.defaultSize
            return
        }
        self.size = min(size, Self.mostItems)
    }

    private static func number(_ request: APIRequest, _ name: String) throws(APIError) -> Int? {
        guard let text = request.query(name) else { return nil }
        guard let number = Int(text), number >= 1 else {
            throw APIError(404, "Invalid page.")
        }
        return number
    }

    func reply<Item>(
        _ items: [Item], path: String, _ json: (Item) -> JSONValue
    ) throws(APIError) -> Reply {
        let (start, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        guard !overflow, start < items.count || number == 1 else {
            throw APIError(404, "Invalid page.")
        }
        let end = min(items.count, start + size)
        return .object([
            "count": .integer(Int64(items.count)),
            "next": end < items.count ? .string(link(path, number + 1)) : .null,
            "previous": number > 1 ? .string(link(path, number - 1)) : .null,
            "results": .array(items[start..<end].map(json)),
        ])
    }

    private func link(_ path: String, _ number: Int) -> String {
        "\(path)?page=\(number)&page_size=\(size)"
    }
}
