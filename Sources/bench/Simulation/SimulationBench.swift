import Glibc

/// Virtual time per wall time, replay and campaigns, by the built program.
enum SimulationBench {
    static func run() throws {
        try day()
        try replay()
        try campaign()
    }

    private static let rounds = 3

    // MARK: Virtual time

    /// A day unattended, beside a bare model of the same day in SimPy.
    private static func day() throws {
        let scenario = BenchServer.root + "/Simulations/unattended-24h.json"
        var mine: [Double] = []
        var peers: [Double] = []
        for _ in 0..<rounds {
            let seconds = try Stopwatch.seconds {
                _ = try BenchServer.output(["simulate", scenario])
            }
            mine.append(86_400 / seconds)
            peers.append(try simPy())
        }
        let ours = Stopwatch.median(mine)
        let peer = Stopwatch.median(peers)
        print("  simulated seconds per second, 24 h with faults: \(Figure.fixed(ours, 0))")
        print("  SimPy, the bare model of the same day: \(Figure.fixed(peer, 0))")
        print("  ratio \(Figure.fixed(ours / peer))")
    }

    private static func simPy() throws -> Double {
        let process = try PeerProcess(
            ["python3", "-c", simPySource],
            environment: ["PYTHONPATH": BenchServer.root + "/.build/bench-python"])
        guard let value = Double(process.firstLine) else {
            throw BenchFailure(description: "no SimPy: run this as './dev bench'")
        }
        return value
    }

    /// One station as a process-based model has it: a receiver, a phone, a rotor that is polled and
    /// aimed, an observer. No protocol, no JSON, no sessions, no store.
    private static let simPySource = """
        import math, simpy, time
        env = simpy.Environment()
        DAY = 86400.0
        rotor = {"at": 0.0, "to": 0.0, "since": 0.0}
        def azimuth():
            moved = min(abs(rotor["to"] - rotor["at"]), 6 * (env.now - rotor["since"]))
            return rotor["at"] + math.copysign(moved, rotor["to"] - rotor["at"])
        def receiver():
            while True:
                yield env.timeout(1)
        def phone():
            while True:
                yield env.timeout(1)
                yield env.timeout(0.03)
                turn = env.now * 1.4 / 150
                y, x = 150 * math.sin(turn), 150 * math.cos(turn)
                look = math.degrees(math.atan2(y, x)) % 360
                if abs(look - rotor["to"]) > 1:
                    yield env.timeout(0.0005)
                    rotor.update(at=azimuth(), since=env.now, to=look)
                    yield env.timeout(0.0005)
        def poll():
            while True:
                yield env.timeout(0.25 if azimuth() != rotor["to"] else 1)
                yield env.timeout(0.001)
        def observer():
            while True:
                yield env.timeout(1)
                azimuth()
        for process in (receiver, phone, poll, observer):
            env.process(process())
        start = time.perf_counter()
        env.run(until=DAY)
        print(DAY / (time.perf_counter() - start))
        """

    // MARK: Recordings

    private static func replay() throws {
        let folder = try BenchServer.folder()
        let file = folder + "/hour.jsonl"
        _ = try BenchServer.output([
            "simulate", BenchServer.root + "/Simulations/walk-round-the-mast.json", "--set",
            "duration=1h", "--record", file,
        ])
        var rates: [Double] = []
        for _ in 0..<rounds {
            var events = 0.0
            let seconds = try Stopwatch.seconds {
                let words = try BenchServer.output(["replay", file]).split(separator: " ")
                events = words.count > 2 ? Double(words[2]) ?? 0 : 0
            }
            rates.append(events / seconds)
        }
        print("  replay: \(Figure.fixed(Stopwatch.median(rates), 0)) events/s, compared bit by bit")
    }

    // MARK: Campaigns

    private static func campaign() throws {
        let folder = try BenchServer.folder()
        let text = try BenchServer.output([
            "campaign", BenchServer.root + "/Simulations/walk-round-the-mast.json", "--budget",
            "20s", "--journal", folder + "/seeds.jsonl",
        ])
        let words = text.split(whereSeparator: { " ()".contains($0) })
        guard let minute = words.firstIndex(of: "minute"), minute >= 2 else {
            throw BenchFailure(description: "the campaign said: \(text)")
        }
        print("  campaign: \(words[minute - 2]) runs of ten minutes a minute")
    }
}
