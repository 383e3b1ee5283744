import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// What stands in the files of captures.
@Suite struct CaptureTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private struct Line {
        let members: [String: Any]

        var time: Double? { members["t"] as? Double }
        var from: String? { members["from"] as? String }
        var end: String? { members["end"] as? String }
        var bytes: [UInt8]? {
            (members["data"] as? String).flatMap { Data(base64Encoded: $0) }.map { Array($0) }
        }
    }

    private func plan(_ byteLimit: Int = 1 << 20) -> BridgeCapture {
        BridgeCapture(
            path: folder.path + "/viewer", byteLimit: byteLimit, started: "2026-05-04T03:02:01Z")
    }

    private func lines(_ text: String) throws -> [Line] {
        try text.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return Line(members: try #require(object as? [String: Any]))
        }
    }

    private func lines() throws -> [Line] {
        try lines(String(contentsOfFile: folder.path + "/viewer", encoding: .utf8))
    }

    private func hasEnded() -> Bool {
        let text = try? String(contentsOfFile: folder.path + "/viewer", encoding: .utf8)
        return text?.contains(#""end""#) ?? false
    }

    @Test func `both directions are kept exactly, in their order, for the owner only`() async throws
    {
        let bench = try BridgeBench(capture: plan())
        let (client, port) = try bench.join()
        var expected: [(String, [UInt8])] = []
        for index in 0..<50 {
            let piece = ByteStream.bytes(from: index * 1000, count: index * 37 + 1)
            client.send(clientFrame(0x82, piece))
            #expect(port.receive(exactly: piece.count) == piece)
            expected.append(("client", piece))
            port.send(piece.reversed())
            #expect(client.receiveServerFrame()?.payload == piece.reversed())
            expected.append(("server", piece.reversed()))
        }
        client.send(clientFrame(0x88, []))
        #expect(await eventually { hasEnded() })
        let lines = try lines()
        let head = try #require(lines.first).members
        #expect(head["format"] as? String == "boresight.viewer")
        #expect(head["version"] as? Int == 1)
        #expect(head["started"] as? String == "2026-05-04T03:02:01Z")
        let data = lines.dropFirst().dropLast()
        #expect(data.map(\.from) == expected.map(\.0))
        #expect(data.compactMap(\.bytes) == expected.map(\.1))
        #expect(lines.last?.end == "closed")
        let times = lines.dropFirst().compactMap(\.time)
        #expect(times.count == lines.count - 1)
        #expect(times == times.sorted())
        var status = stat()
        #expect(stat(folder.path + "/viewer", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `a full capture says so and has no byte too much, and the bridge goes on`()
        async throws
    {
        let bench = try BridgeBench(capture: plan(3000))
        let (client, port) = try bench.join()
        for index in 0..<20 {
            let piece = ByteStream.bytes(from: index * 300, count: 300)
            port.send(piece)
            #expect(client.receiveServerFrame()?.payload == piece)
        }
        #expect(await eventually { hasEnded() })
        let size = try lines().count
        client.send(clientFrame(0x82, [1, 2, 3]))
        #expect(port.receive(exactly: 3) == [1, 2, 3])
        client.send(clientFrame(0x88, []))
        #expect(port.receive() == nil)
        bench.server.shutDown()
        let lines = try lines()
        #expect(lines.count == size)
        #expect(lines.last?.end == "full")
        let kept = lines.compactMap(\.bytes).flatMap { $0 }
        #expect(kept.count >= 1200)
        #expect(ByteStream.matches(kept, from: 0))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/viewer"))
        #expect(bytes.count <= 3000)
        #expect(bytes.last == UInt8(ascii: "\n"))
    }

    @Test func `a file that is there already is left alone`() async throws {
        try "precious".write(toFile: folder.path + "/viewer", atomically: false, encoding: .utf8)
        let bench = try BridgeBench(capture: plan())
        let (client, port) = try bench.join()
        port.send("RFB")
        #expect(client.receiveServerFrame()?.payload == Array("RFB".utf8))
        bench.server.shutDown()
        #expect(
            try String(contentsOfFile: folder.path + "/viewer", encoding: .utf8) == "precious")
    }

    @Test func `what a stuck disk does not take ends the capture and stops nobody`() async throws {
        var ends: [Int32] = [-1, -1]
        let isMade = pipe(&ends) == 0
        try #require(isMade)
        let (reading, writing) = (ends[0], ends[1])
        let writer = try #require(CaptureWriter { _ in writing })
        let capture = Capture(id: 1, plan(1 << 30), writer: writer, bytesMax: 200_000)
        capture.begin(at: .zero)
        // The pipe takes 64 kB and nobody reads it.
        for index in 0..<100 {
            capture.add([UInt8](repeating: 7, count: 10_000), from: .server, at: .seconds(index))
        }
        capture.end(at: .seconds(200))
        let reader = Mutex("")
        let isWritten = try Progress { _ in
            var all: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while case let count = read(reading, &buffer, buffer.count), count > 0 {
                all += buffer[..<count]
            }
            reader.withLock { $0 = String(decoding: all, as: UTF8.self) }
        }
        #expect(await eventually { isWritten.isOver })
        close(reading)
        writer.finish(within: .seconds(60))
        let lines = try lines(reader.withLock { $0 })
        #expect(lines.last?.end == "dropped")
        #expect((10...40).contains(lines.count), "\(lines.count)")
        #expect(lines.dropFirst().dropLast().allSatisfy { $0.bytes?.count == 10_000 })
        #expect(lines.dropFirst().compactMap(\.time).last == Double(lines.count - 2))
    }

    @Test func `lines have microseconds and say why there are no more`() throws {
        let path = folder.path + "/viewer"
        let file = try #require(CaptureFile(plan(), descriptor: CaptureFile.create(path)))
        #expect(file.add([1, 2, 3], from: .client, at: .microseconds(1_500_007)))
        file.end(.dropped, at: .seconds(2))
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
            text == """
                {"format":"boresight.viewer","version":1,"started":"2026-05-04T03:02:01Z"}
                {"t":1.500007,"from":"client","data":"AQID"}
                {"t":2.000000,"end":"dropped"}

                """)
    }

    @Test func `a disk that refuses the first line gives no capture`() {
        #expect(CaptureFile(plan(), descriptor: open("/dev/full", O_WRONLY)) == nil)
        #expect(CaptureFile(plan(), descriptor: -1) == nil)
    }
}
