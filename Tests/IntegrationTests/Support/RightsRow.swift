/// One line of `RightsTable`: a route, asked in one way.
struct RightsRow {
    /// What one person is answered.
    struct Cell: Equatable {
        /// 101 when the socket opens.
        let status: Int
        /// Whether the answer must tell nothing of the organisation.
        let hides: Bool

        init?(_ word: Substring) {
            guard let status = Int(word.prefix(3)), word.dropFirst(3).allSatisfy({ $0 == "-" })
            else { return nil }
            self.status = status
            hides = status >= 400 || word.hasSuffix("-")
        }

        var isRefusal: Bool { status >= 400 }
    }

    let method: String
    /// The path with names of things, and its query.
    let target: String
    /// How it is asked; empty for the usual way.
    let way: String
    let cells: [(person: RightsPerson, cell: Cell)]

    var path: String { String(target.prefix { $0 != "?" }) }
    var name: String { "\(method) \(path)" + (way.isEmpty ? "" : " \(way)") }
    var changes: Bool { method != "GET" }
    var isSocket: Bool { path.hasPrefix("/ws/") }

    /// The route without the names of its parameters, as two texts about it can be compared.
    var route: String { Self.route(method, path) }

    static func route(_ method: String, _ path: String) -> String {
        "\(method) \(path)".replacing(/\{[^}]*\}/, with: "{}")
    }

    /// The longest path that shows what the row changes; nil when nothing shows it.
    ///
    /// - Parameter readable: the routes that show things.
    func watched(_ readable: Set<String>) -> String? {
        // What is asked for under another organisation's device belongs to this one's.
        var path = path.replacing("{foreign}", with: "{device}")
        // A device's coordinates are shown for its key only.
        path = path.replacing("/coordinates/", with: "/location/")
        if path.hasPrefix("/api/rotors/") { path = path.replacing("/point", with: "/position") }
        var segments = path.split(separator: "/", omittingEmptySubsequences: false)
        while !segments.isEmpty {
            let path = segments.joined(separator: "/")
            for path in [path, path + "/"] where readable.contains(Self.route("GET", path)) {
                return path
            }
            segments.removeLast()
        }
        return nil
    }
}

extension RightsTable {
    /// The rows of the text; nil when a line of it is none.
    static var rows: [RightsRow]? {
        var rows: [RightsRow] = []
        var prefix = ""
        var route: ArraySlice<Substring> = []
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        guard lines.first?.map(String.init) == RightsPerson.allCases.map(\.rawValue) else {
            return nil
        }
        for words in lines.dropFirst() {
            if words.count == 1, let word = words.first, word.hasPrefix("/") {
                prefix = String(word)
                continue
            }
            let cells = words.suffix(RightsPerson.allCases.count).compactMap(RightsRow.Cell.init)
            if cells.isEmpty || words.count > cells.count { route = words.dropLast(cells.count) }
            if cells.isEmpty { continue }
            guard cells.count == RightsPerson.allCases.count, let method = route.first else {
                return nil
            }
            let rest = route.dropFirst()
            rows.append(
                RightsRow(
                    method: String(method),
                    target: prefix + (rest.first { !$0.hasPrefix("#") }.map(String.init) ?? ""),
                    way: rest.last { $0.hasPrefix("#") }.map(String.init) ?? "",
                    cells: Array(zip(RightsPerson.allCases, cells))))
        }
        return rows
    }
}
