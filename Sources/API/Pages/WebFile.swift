/// A file of the web pages, carried inside the program.
struct WebFile {
    let bytes: [UInt8]
    let contentType: String

    init?(_ name: String) {
        guard let content = Self.all[name] else { return nil }
        bytes = content
        contentType =
            switch name.split(separator: ".").last {
            case "html": "text/html; charset=utf-8"
            case "css": "text/css; charset=utf-8"
            case "js": "text/javascript; charset=utf-8"
            default: "image/svg+xml"
            }
    }

    private static let all: [String: [UInt8]] = [:]
}
