import CLinux
import Glibc
import JSON
import Synchronization
import Engine
import Transport

/// From a phone's `location` to the `set_pos` on rotctld's wire.
///
/// The daemon talks to a recorder that answers like rotctld and notes when each command arrives.
enum LatencyBench {
    private static let samples = 200

    static func run() throws {
        let recorder = try RotctldRecorder()
        let ours = try BenchServer.boresight()
        let client = try HTTPClient()
        let token = try BenchServer.adminToken(ours.data)
        let headers = HTTPHeaders([
            ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
        ])
        let rotor =
            """
            {"name":"r","port":\(recorder.port),"min_azimuth":-180,"max_azimuth":450,"deadband":0.1}
            """
        _ = try client.call(
            "POST", ours.url + "/api/rotors", headers: headers, body: Array(rotor.utf8))
        let created = try client.call("POST", ours.url + "/api/sessions")
        guard let session = try JSONReader.read(created.body).objectValue?["token"]?.stringValue
        else { throw BenchFailure(description: "no session") }
        let pair = Array(#"{"token":"\#(session)"}"#.utf8)
        _ = try client.call("POST", ours.url + "/api/rotors/1/pair", headers: headers, body: pair)
        let phone = try WebSocketClient(ours.url + "/ws/session/" + session)
        try phone.send(#"{"type":"mode","mode":"track"}"#)
        usleep(1_500_000)
        var latencies: [Double] = []
        for index in 0..<samples {
            let longitude = 4.36 + (index % 2 == 0 ? 0.02 : 0.021)
            recorder.forget()
            let sent = clinux_monotonic_nanoseconds()
            let place = "[\(longitude),52.01,200]"
            try phone.send(
                #"{"type":"location","geometry":{"type":"Point","coordinates":\#(place)}}"#)
            while recorder.lastCommand == 0 {
                if clinux_monotonic_nanoseconds() - sent > 2_000_000_000 { break }
                usleep(50)
            }
            guard recorder.lastCommand != 0 else { continue }
            latencies.append(Double(recorder.lastCommand - sent) / 1e6)
            // Beyond the shortest time between two commands.
            usleep(300_000)
            while case .message? = try? phone.receive(timeout: .milliseconds(1)) {}
        }
        let sorted = latencies.sorted()
        guard sorted.count > samples / 2 else {
            throw BenchFailure(description: "commands are missing")
        }
        let p50 = sorted[sorted.count / 2]
        let p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        print("  location to set_pos on the wire, \(sorted.count) samples")
        print("  p50 \(Figure.fixed(p50)) ms, p99 \(Figure.fixed(p99)) ms")
    }
}

/// Answers like rotctld's dummy that has arrived at once, and notes when `set_pos` came.
private final class RotctldRecorder: Sendable {
    let port: UInt16
    private let arrived = Atomic<Int64>(0)
    private let position = Mutex("0.00\n0.00")

    var lastCommand: Int64 { arrived.load(ordering: .acquiring) }

    func forget() { arrived.store(0, ordering: .releasing) }

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 4) == 0
                    && getsockname(listener, $0, &size) == 0
            }
        }
        guard isBound else { throw BenchFailure(description: "no port") }
        port = UInt16(bigEndian: address.sin_port)
        _ = try SystemThread(name: "recorder") { [self] in
            while true {
                let peer = accept(listener, nil, nil)
                if peer >= 0 { serve(peer) }
            }
        }
    }

    private func serve(_ peer: Int32) {
        var yes: Int32 = 1
        setsockopt(peer, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(peer, &buffer, buffer.count, 0)
            guard count > 0 else {
                close(peer)
                return
            }
            let now = clinux_monotonic_nanoseconds()
            for line in String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n") {
                let answer = Array(reply(String(line), at: now).utf8)
                _ = send(peer, answer, answer.count, Int32(MSG_NOSIGNAL))
            }
        }
    }

    private func reply(_ line: String, at now: Int64) -> String {
        if line.contains("dump_state") {
            return "1\n1\nmin_az=-180.000000\nmax_az=450.000000\nmin_el=0.000000\n"
                + "max_el=90.000000\nsouth_zero=0\nrot_type=AzEl\ndone\n"
        }
        let name = line.drop { $0 == "+" || $0 == "\\" }
        if name.hasPrefix("set_pos") || name.hasPrefix("P ") {
            arrived.store(now, ordering: .releasing)
            let words = name.split(separator: " ")
            if words.count == 3 { position.withLock { $0 = "\(words[1])\n\(words[2])" } }
            return "set_pos: \(words.dropFirst().joined(separator: " "))\nRPRT 0\n"
        }
        let angles = position.withLock { $0 }.split(separator: "\n")
        if name.hasPrefix("get_pos") || name == "p" {
            return "get_pos:\nAzimuth: \(angles[0])\nElevation: \(angles[1])\nRPRT 0\n"
        }
        return "\(name):\nRPRT 0\n"
    }
}
