import Engine
import Testing

@testable import boresight

@Suite struct LogTests {
    private func makeLog(_ pipe: PipeEnd, threshold: LogLevel = .info) -> Log {
        Log(format: .text, threshold: threshold, style: .journal, output: pipe.writer)
    }

    @Test func `lines of many threads arrive whole, each thread's in order`() async {
        let pipe = PipeEnd()
        let log = makeLog(pipe)
        pipe.start()
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
        let lines = pipe.text().split(separator: "\n")
        #expect(lines.count == 1000)
        for source in 0..<4 {
            let own = lines.filter { $0.contains("source=\(source) ") }
            #expect(own == (0..<250).map { "<6>info test line source=\(source) n=\($0)" })
        }
    }

    @Test func `what is less grave than the threshold is left out`() {
        let pipe = PipeEnd()
        let log = makeLog(pipe, threshold: .warning)
        pipe.start()
        log.write(.info, "test", "not this")
        log.write(.warning, "test", "this")
        log.write(.error, "test", "and this")
        #expect(log.close(patience: .seconds(30)))
        #expect(pipe.text() == "<4>warn test this\n<3>error test and this\n")
    }

    /// Nobody reads while four megabytes are written, into a queue of one: were `write` to wait for
    /// the reader, this test would never come to its end.
    @Test func `a reader that stands still holds nobody up, and the loss is told`() {
        let pipe = PipeEnd()
        let log = makeLog(pipe)
        let filler = String(repeating: "x", count: 4000)
        for _ in 0..<1000 { log.write(.info, "test", "much", ["x": filler]) }
        pipe.start()
        #expect(log.close(patience: .seconds(30)))
        let lines = pipe.text().split(separator: "\n")
        let kept = lines.filter { $0.contains("much") }.count
        let lost = lines.filter { $0.hasPrefix("<4>warn log lines lost lines=") }
            .compactMap { Int($0.split(separator: "=")[1]) }
        #expect(kept < 1000)
        #expect(kept + lost.reduce(0, +) == 1000)
    }

    @Test func `the end of the program does not wait for ever`() {
        let pipe = PipeEnd()
        let log = makeLog(pipe)
        let filler = String(repeating: "x", count: 4000)
        for _ in 0..<100 { log.write(.info, "test", "much", ["x": filler]) }
        #expect(!log.close(patience: .milliseconds(1)), "a full pipe that nobody reads")
        pipe.start()
        // Now the writer can end; the pipe closes only after it has.
        #expect(log.waitForWriter(patience: .seconds(30)))
        _ = pipe.text()
    }
}
