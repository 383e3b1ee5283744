import Engine
import Foundation
import Recording
import Synchronization
import TestSupport
import Testing

@Suite struct RecorderTests {
    /// A core in virtual time whose inputs a recorder writes down.
    private struct Bench {
        let folder: TemporaryFolder
        let recorder: Recorder
        let core: Core
        let clock: InputPort<WallClockStep>
        let news: News

        final class News: Sendable {
            let all = Mutex<[Recorder.News]>([])
        }

        init(history: RecordingSize? = nil, limits: RecordingLimits = RecordingLimits()) throws {
            folder = try TemporaryFolder()
            let news = News()
            self.news = news
            recorder = try Recorder(
                header: RecordingSample.header, rows: [],
                redaction: Redaction(key: [UInt8](repeating: 1, count: 32)),
                history: history.map { [folder] in (folder.path + "/history.jsonl", $0) },
                limits: limits, report: { item in news.all.withLock { $0.append(item) } })
            core = Core(pace: .virtual, seed: 7, observer: recorder)
            clock = core.clockPort
        }

        /// So many turns of one input each.
        func turns(_ count: Int) {
            for step in 0..<count {
                clock.send(WallClockStep(utcOffsetNanoseconds: Int64(step)))
                core.run(for: .milliseconds(1))
            }
        }

        func path(_ name: String) -> String { folder.path + "/" + name }

        func read(_ name: String) throws -> (RecordingReader, [RecordedTurn]) {
            let parts = RecordingParts.existing(path(name)).map { path in
                Array((try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data())
            }
            return try RecordingSample.turns(RecordingParts.joined(parts))
        }
    }

    private static let large = RecordingSize(partBytes: 1_000_000, parts: 8)

    @Test func `every turn of a core is in the file, in order`() throws {
        let bench = try Bench()
        bench.recorder.begin(path: bench.path("a.jsonl"), size: Self.large)
        bench.turns(500)
        bench.recorder.close()
        let (reader, turns) = try bench.read("a.jsonl")
        #expect(reader.header.isFromStart)
        #expect(turns.map(\.number) == Array(1...500))
        #expect(turns.last?.events == bench.core.progress.events)
        #expect(reader.droppedLines == 0)
    }

    @Test func `a full part is followed by the next, and the oldest goes`() throws {
        let bench = try Bench(history: RecordingSize(partBytes: 4000, parts: 3))
        for _ in 0..<12 {
            bench.turns(20)
            bench.recorder.waits(for: .milliseconds(150))
        }
        bench.recorder.close()
        let parts = RecordingParts.existing(bench.path("history.jsonl"))
        #expect(parts.count == 3)
        #expect(!parts.contains(bench.path("history.jsonl")), "the first part is gone")
        for part in parts {
            let size = try FileManager.default.attributesOfItem(atPath: part)[.size] as? Int
            #expect(size ?? 0 <= 8000, "one batch of lines over the size at most")
        }
        let (reader, turns) = try bench.read("history.jsonl")
        #expect(!reader.header.isFromStart)
        #expect(turns.last?.number == 240)
        #expect(turns.count < 240)
    }

    @Test func `a recording that is begun late without a history does not claim the start`() throws
    {
        let bench = try Bench()
        bench.turns(30)
        bench.recorder.begin(path: bench.path("late.jsonl"), size: Self.large)
        bench.turns(30)
        bench.recorder.close()
        let (reader, turns) = try bench.read("late.jsonl")
        #expect(!reader.header.isFromStart)
        #expect(turns.map(\.number) == Array(31...60))
    }

    @Test func `a recording that is begun late has what the history knows`() throws {
        let bench = try Bench(history: Self.large)
        bench.turns(30)
        bench.recorder.begin(path: bench.path("late.jsonl"), size: Self.large)
        bench.recorder.waits(for: .milliseconds(300))
        bench.turns(30)
        bench.recorder.waits(for: .milliseconds(300))
        bench.recorder.end(path: bench.path("late.jsonl"))
        bench.recorder.waits(for: .milliseconds(300))
        bench.turns(30)
        bench.recorder.close()
        let (reader, turns) = try bench.read("late.jsonl")
        #expect(reader.header.isFromStart)
        #expect(turns.map(\.number) == Array(1...60))
        #expect(try bench.read("history.jsonl").1.count == 90)
    }

    @Test func `more than may wait ends the recording and says so`() throws {
        var limits = RecordingLimits()
        limits.waitingBytes = 4000
        let bench = try Bench(history: Self.large, limits: limits)
        bench.turns(500)
        bench.recorder.close()
        let ended = bench.news.all.withLock { news in
            news.contains {
                if case .ended(_, let reason) = $0 { reason.contains("too slow") } else { false }
            }
        }
        #expect(ended)
        #expect(bench.core.progress.turn == 500, "the core went on")
        let (_, turns) = try bench.read("history.jsonl")
        #expect(turns.count < 500)
        #expect(turns.map(\.number) == (0..<turns.count).map { UInt64($0 + 1) }, "no gap")
    }

    @Test func `what is there is never overwritten`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pass.jsonl"
        #expect(RecordingParts.free(path) == path)
        try "x".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(RecordingParts.free(path) == folder.path + "/pass-2.jsonl")
        try "x".write(
            toFile: folder.path + "/pass-2.jsonl.1", atomically: true, encoding: .utf8)
        #expect(RecordingParts.free(path) == folder.path + "/pass-3.jsonl")
        #expect(RecordingParts.free("/dev/null") == "/dev/null", "no file that holds anything")
    }
}

extension Recorder {
    /// Lets its thread work for a while: its batches are what is tested.
    fileprivate func waits(for duration: Duration) {
        SystemThread.sleep(duration)
    }
}
