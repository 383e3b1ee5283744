import JSON
import Testing

@testable import Recording

@Suite struct PerfettoTraceTests {
    private func events(_ scene: Scene) throws -> [JSONObject] {
        let trace = try JSONReader.read(PerfettoTrace.json(scene)).objectValue
        return (trace?["traceEvents"]?.arrayValue ?? []).compactMap(\.objectValue)
    }

    @Test func `every event has what the format asks for`() throws {
        let events = try events(HandMadeRecording.scene())
        #expect(events.count > 40)
        for event in events {
            #expect(event["name"]?.stringValue != nil)
            #expect(event["cat"]?.stringValue != nil)
            #expect(event["pid"]?.integerValue != nil)
            #expect(event["ts"]?.doubleValue != nil)
            switch event["ph"]?.stringValue {
            case "X": #expect((event["dur"]?.doubleValue ?? -1) >= 0)
            case "i": #expect(event["s"] == .string("t"))
            case "s", "f": #expect(event["id"]?.integerValue != nil)
            case "C": #expect(event["args"]?.objectValue?["azimuth"]?.doubleValue != nil)
            case "M": #expect(event["args"]?.objectValue != nil)
            default: Issue.record("phase \(String(describing: event["ph"]))")
            }
        }
    }

    @Test func `every thread has a name`() throws {
        let events = try events(HandMadeRecording.scene())
        var named: [Int64: String] = [:]
        for event in events where event["name"] == .string("thread_name") {
            let thread = try #require(event["tid"]?.integerValue)
            #expect(named[thread] == nil, "one name for each")
            named[thread] = event["args"]?.objectValue?["name"]?.stringValue
        }
        for event in events {
            guard let thread = event["tid"]?.integerValue else { continue }
            #expect(named[thread]?.isEmpty == false)
        }
        #expect(named.values.contains("RotctldDriver"))
        #expect(named.values.contains("fault: rotctld lost"))
        #expect(named.values.contains("turns"))
    }

    @Test func `an arrow begins in the slice of its cause and ends in that of its effect`() throws {
        let events = try events(HandMadeRecording.scene())
        let starts = events.filter { $0["ph"] == .string("s") }
        #expect(starts.count == 4, "two answers; the frame is in two lanes")
        for start in starts {
            let end = try #require(
                events.first { $0["ph"] == .string("f") && $0["id"] == start["id"] })
            #expect(end["bp"] == .string("e"))
            for (point, category) in [(start, ["in", "timer"]), (end, ["out"])] {
                let slice = try #require(
                    events.first { event in
                        event["ph"] == .string("X") && event["tid"] == point["tid"]
                            && event["pid"] == point["pid"] && event["ts"] == point["ts"]
                    })
                #expect(category.contains(slice["cat"]?.stringValue ?? ""))
            }
            let times = [start, end].compactMap { $0["ts"]?.doubleValue }
            #expect(times.count == 2 && times[0] < times[1])
        }
    }

    @Test func `turns, faults and positions are there`() throws {
        let events = try events(HandMadeRecording.scene())
        let turns = events.filter { $0["cat"] == .string("turn") }
        #expect(turns.map { $0["name"]?.stringValue } == (1...5).map { "turn \($0)" })
        let fault = try #require(events.first { $0["cat"] == .string("fault") })
        #expect(fault["ts"]?.doubleValue == 2_000_000)
        #expect(fault["dur"]?.doubleValue == 600_000)
        let counters = events.filter { $0["ph"] == .string("C") }
        #expect(
            counters.map { $0["name"]?.stringValue }
                == ["rotor mast", "target mast", "true_rotor rotor"])
    }

    @Test func `entries of one instant stand apart, and nothing goes back in time`() throws {
        let events = try events(HandMadeRecording.scene())
        let times = events.filter {
            ["in", "out", "timer", "log", "mark"].contains($0["cat"]?.stringValue ?? "")
        }.compactMap { $0["ts"]?.doubleValue }
        // The frame to two sockets is drawn twice.
        #expect(times.count == 17)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(Set(times).count == 16)
    }

    /// Perfetto drops slices that overlap on a track without holding each other.
    @Test func `slices of a track do not overlap, also where marks are written late`() throws {
        var turns = HandMadeRecording.small
        turns[4].lines.append(
            #"{"mark":"world","event":0,"at":2000000000,"rotor":[5,0]}"#)
        let events = try events(HandMadeRecording.scene(turns))
        var ends: [Int64: Double] = [:]
        for event in events where event["ph"] == .string("X") {
            let thread = try #require(event["tid"]?.integerValue)
            let time = try #require(event["ts"]?.doubleValue)
            let duration = try #require(event["dur"]?.doubleValue)
            #expect(time >= ends[thread, default: 0])
            ends[thread] = time + duration
        }
        #expect(ends.count == 11)
    }

    @Test func `an empty recording is a trace without events of its own`() throws {
        let events = try events(HandMadeRecording.scene([]))
        #expect(events.allSatisfy { $0["ph"] == .string("M") })
    }
}
