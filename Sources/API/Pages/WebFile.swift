private import Web

/// A file of the web app, carried inside the program.
struct WebFile: Sendable {
    let bytes: [UInt8]
    let contentType: String

    /// By its path below `Sources/Web`.
    init?(_ name: String) {
        guard let index = Self.indices[name], let file = web_file_at(index)?.pointee else {
            return nil
        }
        bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
        contentType = Self.contentType(of: name)
    }

    /// Whether there is such a file, without a copy of it.
    static func exists(_ name: String) -> Bool { indices[name] != nil }

    /// The paths of all of them.
    static var names: [String] { indices.keys.sorted() }

    /// Read once: every page that is opened asks for dozens.
    private static let indices: [String: Int] = {
        var indices: [String: Int] = [:]
        var index = 0
        while let file = web_file_at(index) {
            indices[String(cString: file.pointee.name)] = index
            index += 1
        }
        return indices
    }()

    private static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "geojson": "application/geo+json"
        default: "text/plain; charset=utf-8"
        }
    }
}
