private import CLinux
private import Glibc

/// The processes of this machine, and signals for them.
enum ProcessList {
    /// The system has no descriptor or memory left for a look.
    private struct Exhausted: Error {}

    /// Those that are the owner's and alive; nil when nobody can say.
    static func processes(of owner: ProcessOwner) -> [ProcessEntry]? {
        (try? all()).map { owner.processes(among: $0, sparing: getpid()) }
    }

    /// Sends a signal to a process that was seen before, and to no later one with its number.
    static func signal(_ number: Int32, _ entry: ProcessEntry) {
        let descriptor = clinux_process_descriptor(entry.id)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // The descriptor is of the process that was seen if that one has the number still.
        guard (try? self.entry(entry.id))?.identity == entry.identity else { return }
        _ = clinux_signal_process(descriptor, number)
    }

    private static func all() throws(Exhausted) -> [ProcessEntry] {
        guard let folder = opendir("/proc") else { throw Exhausted() }
        defer { closedir(folder) }
        var entries: [ProcessEntry] = []
        while let file = readdir(folder) {
            let name = withUnsafeBytes(of: file.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let id = Int32(name), var entry = try entry(id), entry.isAlive else { continue }
            entry.cookie = ProcessCookie(environment: try contents("/proc/\(id)/environ"))
            entries.append(entry)
        }
        return entries
    }

    private static func entry(_ id: Int32) throws(Exhausted) -> ProcessEntry? {
        ProcessEntry(id: id, stat: try contents("/proc/\(id)/stat"))
    }

    /// Most bytes that Linux lets an environment have (execve(2)).
    private static let mostBytes = 6 << 20

    /// The bytes of a file; none of one that is gone or not for us.
    private static func contents(_ path: String) throws(Exhausted) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if [EMFILE, ENFILE, ENOMEM].contains(errno) { throw Exhausted() }
            return []
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while bytes.count < mostBytes {
            let piece = [UInt8](unsafeUninitializedCapacity: 16 * 1024) { buffer, count in
                count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
            }
            guard !piece.isEmpty else { break }
            bytes += piece
        }
        return bytes
    }
}
