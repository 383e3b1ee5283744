import Glibc

/// Writes fixtures: whole or not at all, and over nothing but a recording.
enum FixtureFile {
    static func makeFolder(_ path: String) throws(SystemProblem) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o777) == 0 || errno == EEXIST else {
                throw SystemProblem("cannot make the directory \(path)")
            }
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw SystemProblem("\(path) is no directory", code: ENOTDIR)
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws(SystemProblem) {
        guard isReplaceable(path) else {
            throw SystemProblem("\(path) is not a recording and stays as it is", code: EEXIST)
        }
        let draft = path + ".\(getpid()).part"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SystemProblem("cannot write \(path)") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let problem = SystemProblem("cannot write \(path)")
                close(descriptor)
                unlink(draft)
                throw problem
            }
            rest = rest.dropFirst(count)
        }
        guard close(descriptor) == 0, rename(draft, path) == 0 else {
            let problem = SystemProblem("cannot write \(path)")
            unlink(draft)
            throw problem
        }
    }

    private static let beginning = Array(#"{"boresight":"recording""#.utf8)

    private static func isReplaceable(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == ENOENT }
        defer { close(descriptor) }
        var head = [UInt8](repeating: 0, count: beginning.count)
        return read(descriptor, &head, head.count) == head.count && head == beginning
    }
}
