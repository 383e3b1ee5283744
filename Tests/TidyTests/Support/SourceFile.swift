/// A file's text as written, and its code: the same lines without comments and without what
/// strings hold.
struct SourceFile: Sendable {
    /// From the root of the repository.
    let path: String
    let lines: [String]
    /// As many lines as `lines`.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = CodeOnly.text(of: text).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    /// The target whose folder holds the file, such as `Engine` or `EngineTests`.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : nil
    }

    /// The path inside the target's folder.
    var pathInTarget: String {
        path.split(separator: "/").dropFirst(2).joined(separator: "/")
    }

    func finding(_ index: Int, _ message: String) -> Finding {
        Finding(path: path, line: index + 1, message: message)
    }
}

/// Something that a check does not like, written so that an editor can jump to it.
struct Finding: Equatable, Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}
