import Engine
import Glibc
import Testing

@testable import boresight

@Suite struct LogTests {
    /// A pipe; the test closes both ends.
    private func makePipe() -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    private func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `lines of many threads arrive whole, each thread's in order`() async {
        let (reader, writer) = makePipe()
        let log = Log(format: .text, threshold: .info, style: .journal, output: writer)
        let text = Task.detached { readAll(reader) }
        await withTaskGroup(of: Void.self) { group in
            for source in 0..<4 {
                group.addTask {
                    for number in 0..<250 {
                        log.write(.info, "test", "line", ["source": "\(source)", "n": "\(number)"])
                    }
                }
            }
        }
        #expect(log.close(patience: .seconds(30)))
        close(writer)
        let lines = await text.value.split(separator: "\n")
        close(reader)
        #expect(lines.count == 1000)
        for source in 0..<4 {
            let own = lines.filter { $0.contains("source=\(source) ") }
            #expect(own == (0..<250).map { "<6>info test line source=\(source) n=\($0)" })
        }
    }

    @Test func `what is less grave than the threshold is left out`() {
        let (reader, writer) = makePipe()
        let log = Log(format: .text, threshold: .warning, style: .journal, output: writer)
        log.write(.info, "test", "not this")
        log.write(.warning, "test", "this")
        log.write(.error, "test", "and this")
        #expect(log.close(patience: .seconds(30)))
        close(writer)
        #expect(readAll(reader) == "<4>warn test this\n<3>error test and this\n")
        close(reader)
    }

    /// Nobody reads while four megabytes are written, into a queue of one: were `write` to wait for
    /// the reader, this test would never come to its end.
    @Test func `a reader that stands still holds nobody up, and the loss is told`() async {
        let (reader, writer) = makePipe()
        let log = Log(format: .text, threshold: .info, style: .journal, output: writer)
        let filler = String(repeating: "x", count: 4000)
        for _ in 0..<1000 { log.write(.info, "test", "much", ["x": filler]) }
        let text = Task.detached { readAll(reader) }
        #expect(log.close(patience: .seconds(30)))
        close(writer)
        let lines = await text.value.split(separator: "\n")
        close(reader)
        let kept = lines.filter { $0.contains("much") }.count
        let lost = lines.filter { $0.hasPrefix("<4>warn log lines lost lines=") }
            .compactMap { Int($0.split(separator: "=")[1]) }
        #expect(kept < 1000)
        #expect(kept + lost.reduce(0, +) == 1000)
    }
}
