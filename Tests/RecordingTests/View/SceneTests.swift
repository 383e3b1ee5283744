import Engine
import JSON
import TestSupport
import Testing

@testable import Recording

@Suite(.quiet) struct SceneTests {
    @Test func `every conversation and every actor has its lane, in groups`() throws {
        let scene = try HandMadeRecording.scene()
        let names = scene.lanes.map { "\($0.group.title)/\($0.name)" }
        let wanted = [
            "Simulation/fault", "Simulation/expectation", "Simulation/world",
            "Devices/rotctld/mast", "Devices/gpsd", "Clients/http", "Clients/ws/2", "Clients/ws/3",
            "Timers of actors/RotctldDriver", "Log/rotor", "Store/store/users", "Core/entropy",
            "Core/clock",
        ]
        #expect(names == wanted)
        let frame = try #require(scene.entries.firstIndex { $0.entry.stream == "ws/2,3" })
        #expect(scene.lanesOfEntries[frame].map { scene.lanes[$0].name } == ["ws/2", "ws/3"])
    }

    @Test func `more lanes than may be share one for each kind`() throws {
        let turns = (0..<40).map { index -> (at: Int64, lines: [String]) in
            let line =
                #"{"in":\#(index + 1),"event":\#(index + 1),"at":AT,"stream":"ws/\#(index)","opened":\#(index)}"#
            return (Int64(index), [line])
        }
        var limits = ViewLimits()
        limits.lanes = 10
        let scene = try HandMadeRecording.scene(turns, limits: limits)
        #expect(scene.lanes.count == 11)
        #expect(scene.lanes.last == Lane.others(.clients))
        #expect(scene.lanesOfEntries[9] == [9])
        #expect(scene.lanesOfEntries[10...].allSatisfy { $0 == [10] })
    }

    @Test func `what does not fit is counted, with its time`() throws {
        var limits = ViewLimits()
        limits.entries = 5
        let scene = try HandMadeRecording.scene(limits: limits)
        #expect(scene.entries.count == 5)
        #expect(scene.leftOut == 11)
        #expect(scene.leftOutFrom == Instant(nanoseconds: 2_000_000_000))
        #expect(scene.until == scene.leftOutFrom)
        #expect(scene.tracks.allSatisfy { $0.role == .station }, "no ways after the end")
        limits.entries = 16
        #expect(try HandMadeRecording.scene(limits: limits).leftOut == 0)
    }

    @Test func `a filter chooses entries, and not what the picture shows beside them`() throws {
        var filter = TimelineFilter()
        filter.streams = [WildcardPattern("http/*")]
        let scene = try HandMadeRecording.scene(HandMadeRecording.small, filter)
        #expect(scene.entries.count == 2)
        #expect(scene.lanes == [Lane(group: .clients, name: "http")])
        #expect(scene.faults.count == 1)
        #expect(scene.tracks.contains { $0.role == .phone })
    }

    @Test func `a filter for a time chooses ways too`() throws {
        var filter = TimelineFilter()
        filter.until = .sinceStart(.seconds(2))
        let scene = try HandMadeRecording.scene(HandMadeRecording.small, filter)
        #expect(scene.tracks.map(\.role) == [.station])
        #expect(scene.faults.isEmpty)
    }

    @Test func `faults have a beginning and an end, whatever is missing of them`() throws {
        let turns: [(at: Int64, lines: [String])] = [
            (1, [#"{"mark":"fault","event":0,"at":AT,"name":"early","phase":"ends"}"#]),
            (2, [#"{"mark":"fault","event":0,"at":AT,"name":"late","phase":"begins"}"#]),
            (3, [#"{"mark":"expectation","event":0,"at":AT,"name":"x","state":"failed"}"#]),
        ]
        let scene = try HandMadeRecording.scene(turns)
        let wanted = [
            FaultSpan(name: "early", from: .start, until: Instant(nanoseconds: 1_000_000)),
            FaultSpan(name: "late", from: Instant(nanoseconds: 2_000_000), until: nil),
        ]
        #expect(scene.faults == wanted)
        #expect(scene.expectations.map(\.state) == ["failed"])
    }

    @Test func `marks that were written late stand where they belong`() throws {
        let turns: [(at: Int64, lines: [String])] = [
            (1, [#"{"timer":"A","event":1,"at":AT}"#]),
            (
                9,
                [
                    #"{"timer":"A","event":2,"at":AT}"#,
                    #"{"mark":"expectation","event":0,"at":9000000,"name":"x","state":"met"}"#,
                    #"{"mark":"expectation","event":0,"at":5000000,"name":"y","state":"failed"}"#,
                    #"{"mark":"world","event":0,"at":5000000,"rotor":[5,0]}"#,
                    #"{"mark":"world","event":0,"at":3000000,"rotor":[3,0]}"#,
                ]
            ),
        ]
        let scene = try HandMadeRecording.scene(turns)
        #expect(scene.entries.map { $0.entry.at.nanoseconds / 1_000_000 } == [1, 3, 5, 5, 9, 9])
        let names = scene.lanesOfEntries.map { $0.map { scene.lanes[$0].name } }
        #expect(names == [["A"], ["world"], ["expectation"], ["world"], ["A"], ["expectation"]])
        #expect(scene.expectations.map(\.name) == ["y", "x"])
        let rotor = try #require(scene.tracks.first { $0.role == .trueRotor })
        #expect(rotor.points.map(\.first) == [3, 5])
    }

    /// Whoever wrote such a file, looking at it must not end the program.
    @Test(arguments: [Int64.min, -1, 0, Int64.max - 1, Int64.max])
    func `numbers at the edge are shown too`(edge: Int64) throws {
        let most = Int64.max
        let lines = [
            #"{"mark":"fault","event":\#(most),"at":\#(edge),"name":"f","phase":"ends"}"#,
            #"{"mark":"fault","event":0,"at":\#(edge),"name":"g","phase":"begins"}"#,
            #"{"mark":"world","event":0,"at":\#(edge),"rotor":[1e308,-1e308],"phone":[1e308,1e308,0]}"#,
            #"{"in":1,"event":\#(most),"at":AT,"stream":"clock","utc_offset_ns":\#(edge)}"#,
            #"{"in":2,"event":\#(most),"at":AT,"stream":"ws/1","socket":1,"text":"{\"type\":\"target\",\"target\":{\"azimuth\":1e308,\"elevation\":-1e308}}"}"#,
            #"{"timer":"","event":\#(most),"at":AT}"#,
        ]
        let turns: [(at: Int64, lines: [String])] = [(1, lines)]
        let scene = try HandMadeRecording.scene(turns)
        #expect(scene.entries.count == 6)
        #expect(!TracePage.html(scene, name: "a").isEmpty)
        _ = try JSONReader.read(PerfettoTrace.json(scene))
        var text = TimelineText(.plain)
        for entry in scene.entries { #expect(text.line(entry).hasSuffix("\n")) }
    }

    @Test func `an empty recording is an empty scene`() throws {
        let scene = try HandMadeRecording.scene([])
        #expect(scene.entries.isEmpty)
        #expect(scene.lanes.isEmpty)
        #expect(scene.from == scene.until)
    }
}
