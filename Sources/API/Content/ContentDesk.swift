import JSON
package import Recording
package import Tiles
package import Transport

/// Makes what the core lets people have and never sees itself. Outside of the core: it may block.
package struct ContentDesk: ContentSource {
    private let files = WebFileContent()
    private let maps: TileLibrary
    private let recordings: RecordingContent

    /// - Parameters:
    ///   - isRunning: whether the station writes into the recording of this name now.
    package init(
        maps: TileLibrary, recordings: RecordingFolder,
        isRunning: @escaping @Sendable (_ name: String) -> Bool
    ) {
        self.maps = maps
        self.recordings = RecordingContent(folder: recordings, isRunning: isRunning)
    }

    package func answer(to plan: ContentPlan) -> HTTPResponse {
        do throws(APIError) {
            guard let wanted = WantedContent(words: plan.wanted) else {
                throw APIError(404, "there is nothing of this kind")
            }
            switch wanted {
            case .file(let name, let packs):
                return try files.answer(name, packs: packs, known: plan.knownTags)
            case .maps: return MapContent(maps: maps).listing()
            case .tile(let address, let map):
                return try MapContent(maps: maps).tile(address, map, known: plan.knownTags)
            case .recordings: return recordings.listing()
            case .scene(let wish): return try recordings.scene(wish)
            }
        } catch {
            return Self.refusal(error)
        }
    }

    package func refusal(of plan: ContentPlan) -> HTTPResponse {
        Self.refusal(
            APIError(503, "too many others wait for the same; try again in a second")
                .with(header: "Retry-After", "1"))
    }

    /// All of it is our own, and worded so.
    private static func refusal(_ error: APIError) -> HTTPResponse {
        let dialect = PublishedAPI.own.dialect
        var headers = HTTPHeaders([("Content-Type", dialect.contentType)])
        for field in error.headers { headers.add(field.name, field.value) }
        return HTTPResponse(
            status: error.status, headers: headers,
            body: JSONValue.object(dialect.body(of: error)).bytes())
    }
}

/// Entity tags as they travel (RFC 9110 §8.8.3).
enum EntityTag {
    static func written(_ tag: String) -> String { "\"\(tag)\"" }

    /// Whether a tag is among those of an `If-None-Match`, which may also be `*`.
    static func isKnown(_ tag: String, among known: String?) -> Bool {
        (known ?? "").split(separator: ",").contains { part in
            let part = part.filter { $0 != " " && $0 != "\t" }
            return part == written(tag) || part == "W/" + written(tag)
        }
    }
}
