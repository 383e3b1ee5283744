import Glibc
import Simulation

/// Finds the files of an import.
struct LogFiles {
    /// A file, and the name that its fixture gets.
    struct Entry: Equatable {
        let path: String
        let fixtureName: String
    }

    private let limits: ImportLimits
    /// Fixtures are made there, and so not looked for.
    private let into: String
    private var names: Set<String> = []
    private(set) var entries: [Entry] = []
    private(set) var problems: [(path: String, problem: String)] = []

    init(_ paths: [String], into: String, _ limits: ImportLimits) {
        self.limits = limits
        self.into = Self.canonical(into)
        for path in paths { add(path) }
    }

    private mutating func add(_ path: String) {
        switch Self.kind(path, followsLinks: true) {
        case .success(.folder): addFolder(path, below: "", depth: 0)
        case .success(.file): addFile(path, Self.lastPart(path))
        case .success(.other): problems.append((path, "neither a file nor a directory"))
        case .failure(let problem): problems.append((path, problem.message))
        }
    }

    /// In the order of their names, so that every machine does the same; links to folders, which
    /// may go in circles, and hidden files are left out.
    private mutating func addFolder(_ path: String, below: String, depth: Int) {
        guard Self.canonical(path) != into else { return }
        guard depth < limits.folderDepth else {
            return problems.append((path, "more than \(limits.folderDepth) directories deep"))
        }
        guard let names = Self.names(in: path) else {
            return problems.append((path, String(cString: strerror(errno))))
        }
        for name in names {
            let child = path.hasSuffix("/") ? path + name : path + "/" + name
            switch Self.kind(child, followsLinks: false) {
            case .success(.folder): addFolder(child, below: below + name + "-", depth: depth + 1)
            case .success(.file): addFile(child, below + name)
            case .success(.other): break
            case .failure(let problem): problems.append((child, problem.message))
            }
        }
    }

    private mutating func addFile(_ path: String, _ name: String) {
        guard entries.count < limits.files else {
            if entries.count + problems.count == limits.files {
                problems.append((path, "more than \(limits.files) files; import them in parts"))
            }
            return
        }
        entries.append(Entry(path: path, fixtureName: freeName(for: name, at: path)))
    }

    /// The file's name; its whole path with dashes where another file has that name already, and
    /// then a number.
    private mutating func freeName(for name: String, at path: String) -> String {
        let whole = path.split(separator: "/").filter { $0 != "." && $0 != ".." }
            .joined(separator: "-")
        var number = 1
        var candidate = name
        while !names.insert(Self.fixtureName(candidate)).inserted {
            candidate = number == 1 ? whole : "\(number)-" + whole
            number += 1
        }
        return Self.fixtureName(candidate)
    }

    private static func fixtureName(_ name: String) -> String {
        name.hasSuffix(".jsonl") ? name : name + ".jsonl"
    }

    private enum Kind {
        case file
        case folder
        case other
    }

    private static func kind(
        _ path: String, followsLinks: Bool
    ) -> Result<Kind, FileProblem> {
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            return .failure(
                FileProblem(isMissing: errno == ENOENT, message: String(cString: strerror(errno))))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .success(.file)
        case S_IFDIR: return .success(.folder)
        case S_IFLNK:
            // A link to a file is as good as the file.
            guard case .success(.file) = kind(path, followsLinks: true) else {
                return .success(.other)
            }
            return .success(.file)
        default: return .success(.other)
        }
    }

    private static func names(in folder: String) -> [String]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    private static func canonical(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func lastPart(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
