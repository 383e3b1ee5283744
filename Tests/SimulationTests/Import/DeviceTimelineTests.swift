import Engine
import Testing

@testable import Simulation

@Suite struct DeviceTimelineTests {
    private func timeline(_ lines: String...) throws -> DeviceTimeline {
        try DeviceTimeline(
            gpsdLines: Array(lines.joined(separator: "\n").utf8), ImportLimits())
    }

    private func report(_ time: String) -> String {
        #"{"class":"TPV","mode":3,"time":"\#(time)"}"#
    }

    private func seconds(_ timeline: DeviceTimeline) -> [Int64] {
        timeline.moments.map { $0.at.components.seconds }
    }

    @Test func `the times of the reports tell when they came`() throws {
        let timeline = try timeline(
            report("2026-11-20T12:00:00Z"), report("2026-11-20T12:00:00Z"),
            #"{"class":"SKY","nSat":8}"#, report("2026-11-20T12:00:02Z"),
            report("2026-11-20T12:01:02Z"))
        #expect(seconds(timeline) == [0, 0, 0, 2, 62])
        #expect(timeline.reports == 4)
        #expect(timeline.utc == ReportTime.parse("2026-11-20T12:00:00Z"))
    }

    @Test func `an epoch is a second where the times are missing or cannot be right`() throws {
        let none = #"{"class":"TPV","mode":1}"#
        let timeline = try timeline(
            none, none, report("2026-11-20T12:00:00Z"), report("2006-04-06T12:00:01Z"),
            report("2006-04-06T12:00:02Z"), report("2026-11-20T12:00:05Z"), none)
        #expect(seconds(timeline) == [0, 1, 2, 3, 4, 5, 6])
        #expect(timeline.utc == ReportTime.parse("2026-11-20T11:59:58Z"))
    }

    @Test func `the stamps of gpspipe count more than the reports`() throws {
        let timeline = try timeline(
            "2026-11-20 12:00:00.500000: " + report("2026-11-20T12:00:00Z"),
            "2026-11-20 12:00:04.500000: " + report("2026-11-20T12:00:01Z"),
            "2026-11-20 12:00:01.000000: " + report("2026-11-20T12:00:02Z"))
        #expect(seconds(timeline) == [0, 4, 4])
        guard case .bytes(let bytes) = try #require(timeline.moments.first).happening else {
            Issue.record("no bytes")
            return
        }
        #expect(bytes == Array((report("2026-11-20T12:00:00Z") + "\r\n").utf8))
    }

    @Test(arguments: [
        ("2026-11-20T12:00:0", ": "), ("1795176000 179517600", ".250000: "),
        ("2026-11-20 12:00:0", ".500000: "),
    ])
    func `each form of gpspipe's stamps is read`(before: String, after: String) throws {
        let timeline = try timeline(
            before + "1" + after + report("2026-11-20T12:00:00Z"),
            before + "3" + after + report("2026-11-20T12:00:00Z"))
        #expect(seconds(timeline) == [0, 2])
        #expect(timeline.reports == 2)
    }

    @Test func `a stamp of a form of one's own is left out`() throws {
        let timeline = try timeline(
            "noon: " + report("2026-11-20T12:00:00Z"), "later: " + report("2026-11-20T12:00:04Z"))
        #expect(seconds(timeline) == [0, 4])
    }

    @Test func `the greeting is kept for whoever connects`() throws {
        let version = #"{"class":"VERSION","release":"3.22"}"#
        let timeline = try timeline(version, report("2026-11-20T12:00:00Z"), version)
        #expect(timeline.greeting == Array((version + "\r\n").utf8))
        #expect(timeline.moments.count == 1)
    }

    @Test func `a transcript keeps its times, its breaks and its silence at the end`() throws {
        let log = try FixtureFolder.bytes("gpsd/restart-3.22.jsonl")
        let timeline = try DeviceTimeline(gpsdTranscript: log, ImportLimits())
        #expect(timeline.moments.first?.at == .zero)
        let ended = timeline.moments.firstIndex { $0.happening == .ended }
        let began = timeline.moments.firstIndex { $0.happening == .began }
        let gap =
            timeline.moments[try #require(began)].at - timeline.moments[try #require(ended)].at
        #expect(gap > .seconds(3) && gap < .seconds(4))
        #expect(timeline.length > .seconds(17))
        #expect(timeline.length > timeline.moments.last?.at ?? .zero)
    }

    @Test func `a log without anything of gpsd has no reports`() {
        #expect(throws: ImportProblem.noReports) {
            try DeviceTimeline(
                gpsdTranscript: Array(#"{"t":0,"dir":">","data":"?WATCH={}"}"#.utf8),
                ImportLimits())
        }
    }
}
