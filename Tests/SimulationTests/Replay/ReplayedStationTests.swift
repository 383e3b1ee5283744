import API
import Drivers
import Engine
import Recording
import Simulation
import Synchronization
import Testing

@Suite struct ReplayedStationTests {
    /// Nobody listens at that port: a session of its own would be refused.
    @Test func `a run on a device hears what was recorded, and opens no connection`() throws {
        let header = RecordingHeader(
            program: "test", utc: UTCTime(nanoseconds: 0), seed: 1, pace: .virtual,
            configuration: StationPlan().json)
        let station = try ReplayedStation(
            header, rows: [], entropy: ReplayEntropy(seed: 1), observer: TurnCollector())
        let command = SSHCommand(
            host: "127.0.0.1", port: 1, user: "field", authentication: .password("secret"),
            hostKeyFingerprint: nil, text: "uptime", connectTimeout: .seconds(1),
            totalTimeout: .seconds(1))
        let heard = Mutex<[SSHEvent]>([])
        let run = station.core.perform { [ssh = station.world.ssh] in
            ssh.start(command) { event in heard.withLock { $0.append(event) } }
        }
        station.core.run(for: .seconds(2))
        #expect(heard.withLock { $0 } == [])
        let recorded: [SSHEvent] = [
            .connected, .output(Array("up".utf8), isError: false), .ended(exitCode: 0),
        ]
        for event in recorded { station.feed(.ssh(SSHReport(run: run, event: event))) }
        station.core.run(for: .zero)
        #expect(heard.withLock { $0 } == recorded)
    }

    @Test func `a program's run hears what was recorded, and starts no program`() throws {
        let header = RecordingHeader(
            program: "test", utc: UTCTime(nanoseconds: 0), seed: 1, pace: .virtual,
            configuration: StationPlan().json)
        let station = try ReplayedStation(
            header, rows: [], entropy: ReplayEntropy(seed: 1), observer: TurnCollector())
        let call = ProgramCall(name: "s-1", executable: "/bin/true", output: .captured)
        let heard = Mutex<[ProcessEvent]>([])
        let run = station.core.perform { [processes = station.world.processes] in
            processes.start(call) { event in heard.withLock { $0.append(event) } }
        }
        station.core.run(for: .seconds(2))
        #expect(heard.withLock { $0 } == [])
        let recorded: [ProcessEvent] = [.started(port: 5901), .signalled("TERM")]
        for event in recorded { station.feed(.process(ProcessReport(run: run, event: event))) }
        station.core.run(for: .zero)
        #expect(heard.withLock { $0 } == recorded)
    }

    /// Nobody listens at that port either.
    @Test func `a call and a socket hear what was recorded, and open no connection`() throws {
        let header = RecordingHeader(
            program: "test", utc: UTCTime(nanoseconds: 0), seed: 1, pace: .virtual,
            configuration: StationPlan().json)
        let station = try ReplayedStation(
            header, rows: [], entropy: ReplayEntropy(seed: 1), observer: TurnCollector())
        let request = WebRequest("GET", "ws://127.0.0.1:1/", timeout: .seconds(1))
        let heard = Mutex<[WebEvent]>([])
        let line = station.core.perform { [web = station.world.web] in
            web.start(.open(request, subprotocol: "game")) { event in
                heard.withLock { $0.append(event) }
            }
        }
        station.core.run(for: .seconds(2))
        #expect(heard.withLock { $0 } == [])
        let recorded: [WebEvent] = [
            .opened, .received(Array("{}".utf8)), .closed(code: 1006, reason: "connection lost"),
        ]
        for event in recorded { station.feed(.web(WebReport(line: line, event: event))) }
        station.core.run(for: .zero)
        #expect(heard.withLock { $0 } == recorded)
    }
}
