import CLinux
import Glibc

/// A program that a suite starts, ends and reads one line of.
final class PeerProcess {
    let processID: pid_t
    /// The first line that it printed.
    let firstLine: String

    /// - Parameter waits: for the first line; without it there is none.
    init(_ words: [String], environment: [String: String] = [:], waits: Bool = true) throws {
        for (name, value) in environment { setenv(name, value, 1) }
        var ends: [Int32] = [-1, -1]
        guard
            socketpair(
                AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0
        else { throw BenchFailure(description: "no stream") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let code = posix_spawnp(&child, words[0], &actions, nil, &arguments, environ)
        close(ends[1])
        guard code == 0 else { throw BenchFailure(description: "\(words[0]) does not start") }
        processID = child
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while waits, read(ends[0], &byte, 1) == 1, byte != 10 { line.append(byte) }
        firstLine = String(decoding: line, as: UTF8.self)
        output = ends[0]
    }

    private let output: Int32

    deinit {
        kill(processID, SIGKILL)
        var status: Int32 = 0
        waitpid(processID, &status, 0)
        close(output)
    }

    /// Everything that it prints until it ends.
    func rest() -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { break }
            all += buffer[..<count]
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// CPU seconds used so far, user and system (proc(5)).
    var cpuSeconds: Double {
        let fields = text("stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
        else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident memory in megabytes.
    var residentMegabytes: Double {
        for line in text("status").split(separator: "\n") where line.hasPrefix("VmRSS:") {
            return (line.split(separator: " ").compactMap { Double($0) }.first ?? 0) / 1024
        }
        return 0
    }

    private func text(_ file: String) -> String {
        let descriptor = open("/proc/\(processID)/\(file)", O_RDONLY)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}

/// The two servers that are compared.
enum BenchServer {
    /// The built daemon on a fresh folder; the caller keeps the process.
    static func boresight(_ options: [String] = []) throws -> (
        process: PeerProcess, url: String, data: String
    ) {
        let folder = try folder()
        let process = try PeerProcess(
            [
                program, "serve", "--listen", "127.0.0.1:0", "--data", folder,
                "--log-level", "error",
            ]
                + (options.isEmpty ? ["--gpsd", "none", "--station", "52,4.36,46"] : options))
        guard process.firstLine.hasPrefix("ready ") else {
            throw BenchFailure(
                description: "boresight is not built: swift build -c release")
        }
        return (process, String(process.firstLine.dropFirst(6)), folder)
    }

    /// The built program, which lies beside the benchmark.
    private static var program: String {
        let own = CommandLine.arguments[0]
        return String(own[..<(own.lastIndex(of: "/") ?? own.startIndex)]) + "/boresight"
    }

    /// The repository, in which the benchmark is started.
    static var root: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard getcwd(&buffer, buffer.count) != nil else { return "." }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
    }

    /// A fresh folder.
    static func folder() throws -> String {
        var template = Array("/tmp/boresight-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchFailure(description: "no folder") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The token that a first start left in the daemon's folder.
    static func adminToken(_ folder: String) throws -> String {
        let descriptor = open(folder + "/admin.token", O_RDONLY)
        guard descriptor >= 0 else { throw BenchFailure(description: "no admin.token") }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)).filter { $0 > 32 }, as: UTF8.self)
    }

    /// Runs a command of the program to its end; what it printed.
    static func output(_ words: [String]) throws -> String {
        let process = try PeerProcess([program] + words)
        return process.firstLine + "\n" + process.rest()
    }

    /// node with the `ws` package of Debian: the same health answer, and a relay for each path.
    static func node() throws -> (process: PeerProcess, url: String) {
        let process = try PeerProcess(
            ["node", "-e", nodeSource], environment: ["NODE_PATH": "/usr/share/nodejs"])
        guard process.firstLine.hasPrefix("http") else {
            throw BenchFailure(
                description: "no node or node-ws: Scripts/install-packages bench")
        }
        return (process, process.firstLine)
    }

    private static let nodeSource = """
        const http = require("http"), { WebSocketServer } = require("ws");
        const body = JSON.stringify({ status: "ok", service: "boresight" });
        const server = http.createServer((request, response) => {
          response.setHeader("Content-Type", "application/json");
          response.setHeader("Content-Length", body.length);
          response.end(body);
        });
        const rooms = new Map(), sockets = new WebSocketServer({ server });
        sockets.on("connection", (socket, request) => {
          const room = rooms.get(request.url) ?? new Set();
          rooms.set(request.url, room.add(socket));
          socket.on("message", (message, isBinary) => {
            for (const peer of room) if (peer !== socket) peer.send(message, { binary: isBinary });
          });
        });
        server.listen(0, "127.0.0.1", () =>
          console.log("http://127.0.0.1:" + server.address().port));
        """
}
