import API

/// Words of people in the path of a request.
enum PathSegment {
    /// The text as one segment of a path.
    static func encoded(_ text: String) -> String { PercentEncoding.encode(text) }
}
