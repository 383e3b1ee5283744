import Glibc

/// The recordings of a folder, each under its file's name without `.jsonl`.
///
/// Reads the disk: never on the core's thread.
package struct RecordingFolder: Sendable {
    /// The bounds of what is read at once.
    package struct Limits: Sendable {
        /// Recordings that are listed; each costs a look at its first line.
        package var recordings = 500
        /// Bytes of all parts of a recording that is looked at: one part of the default size. All
        /// of it is in memory while it is read.
        package var bytes = 300_000_000
        /// Of the header's line, which has the whole configuration.
        package var headerBytes = 1024 * 1024

        package init() {}
    }

    package struct Listed: Sendable, Equatable {
        package let name: String
        /// Of all parts.
        package let bytes: Int
        package let content: Content

        package enum Content: Sendable, Equatable {
            case recording(RecordingHeader)
            /// Why it is none.
            case unreadable(String)
        }
    }

    /// Why a recording cannot be read.
    package enum Failure: Error, Sendable, Equatable {
        case missing
        case tooLarge(bytes: Int, most: Int)
        case unreadable(String)
    }

    private let path: String
    private let limits: Limits

    package init(path: String, limits: Limits = Limits()) {
        self.path = path
        self.limits = limits
    }

    /// In the order of their names; empty when there is no folder.
    package func list() -> [Listed] {
        names().prefix(limits.recordings).map { name in
            let parts = parts(name)
            let bytes = parts.reduce(0) { $0 + (Self.size($1) ?? 0) }
            return Listed(name: name, bytes: bytes, content: Self.content(parts, limits))
        }
    }

    /// All parts of a recording as one.
    ///
    /// - Parameter name: one that can be listed; others are missing.
    package func read(_ name: String) throws(Failure) -> [UInt8] {
        guard Self.isName(name) else { throw .missing }
        let parts = parts(name)
        guard !parts.isEmpty else { throw .missing }
        let bytes = parts.reduce(0) { $0 + (Self.size($1) ?? 0) }
        guard bytes <= limits.bytes else { throw .tooLarge(bytes: bytes, most: limits.bytes) }
        var contents: [[UInt8]] = []
        for part in parts {
            guard let content = Self.read(part, most: limits.bytes) else {
                throw .unreadable(String(cString: strerror(errno)))
            }
            contents.append(content)
        }
        return RecordingParts.joined(contents)
    }

    /// One word that cannot lead out of the folder, and is not hidden.
    package static func isName(_ name: String) -> Bool {
        nameBytes.contains(name.utf8.count) && !name.hasPrefix(".")
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// With the number that a second recording of a name has behind it.
    private static let nameBytes = 1...80

    private static let ending = ".jsonl"

    private func parts(_ name: String) -> [String] {
        RecordingParts.existing("\(path)/\(name)\(Self.ending)")
    }

    private func names() -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: Set<String> = []
        while let found = readdir(directory) {
            let file = withUnsafePointer(to: &found.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // The first part may be gone while later ones are there.
            var name = file[...]
            if let dot = name.lastIndex(of: "."), Int(name[name.index(after: dot)...]) != nil {
                name = name[..<dot]
            }
            guard name.hasSuffix(Self.ending) else { continue }
            let word = String(name.dropLast(Self.ending.count))
            if Self.isName(word) { names.insert(word) }
        }
        return names.sorted()
    }

    private static func content(_ parts: [String], _ limits: Limits) -> Listed.Content {
        guard let first = parts.first,
            let start = read(first, most: limits.headerBytes, isWhole: false)
        else { return .unreadable("cannot be read") }
        let line = start.prefix { $0 != UInt8(ascii: "\n") }
        do throws(RecordingError) {
            return .recording(try RecordingReader(Array(line)).header)
        } catch {
            return .unreadable(error.problem.description)
        }
    }

    // MARK: Files

    private static func size(_ path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// - Parameter isWhole: whether the file must not have more than `most`, or is cut there.
    private static func read(_ path: String, most: Int, isWhole: Bool = true) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard let size = size(path), !isWhole || size <= most else { return nil }
        let wanted = min(size, most)
        // A recording that is being written has more by now; what it had is enough.
        return [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted {
                let more = Glibc.read(
                    descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled)
                if more < 0, errno == EINTR { continue }
                guard more > 0 else { break }
                filled += more
            }
        }
    }
}
