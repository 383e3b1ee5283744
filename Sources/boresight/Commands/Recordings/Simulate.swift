import Engine
import JSON
import Simulation

/// `boresight simulate`.
enum Simulate {
    private static let file = Argument<String>("FILE", "a scenario, as in Simulations/")
    private static let seed = Option<UInt64>(
        "seed", "decide everything that is open by this number; the default is the file's, or 1")
    private static let runs = Option<Count>(
        "runs", default: "1", "run so many seeds, one after the other")
    private static let set = Option<WrittenOverride>(
        "set", repeatable: true, "take another value, such as 'rotor.rate=3' or 'duration=2h'")
    private static let print = Flag("print", "show the scenario with every option, and run nothing")
    private static let stride = Option<Count>(
        "stride", hidden: true, default: "1", "how far the next seed is")
    private static let stopAtFailure = Flag("stop-at-failure", "end a run at its first failure")
    private static let record = Option<String>(
        "record", placeholder: "PATH", "write what the station saw into this file, for a replay")

    static let command = Command(
        "simulate", "Run a scenario in virtual time",
        discussion: """
            The same actors as live, in a world of simulated devices, phones and networks.
            The same seed gives the same run, on every machine. Exits with 1 when an
            expectation fails.
            """,
        arguments: [file.declaration],
        options: [
            seed.declaration, runs.declaration, set.declaration, print.declaration,
            stride.declaration, stopAtFailure.declaration, record.declaration,
            OutputFormat.option.declaration,
        ],
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let scenario = try ScenarioFile(
            try invocation.required(file), overrides: invocation.all(set), context)
        let written = try scenario.written()
        let first = invocation[seed] ?? written.seed ?? 1
        if invocation[print] {
            // With a seed, what it draws is shown too.
            let shown = invocation[seed] == nil ? written : try scenario.drawn(seed: first)
            context.print(shown.text)
            return .success
        }
        var failed = false
        for offset in 0..<UInt64(invocation[runs]?.value ?? 1) {
            let seed = first &+ offset &* UInt64(invocation[stride]?.value ?? 1)
            if invocation.outputFormat == .json {
                context.print(RunReport.begins(seed).text + "\n")
            }
            let started = MonotonicStopwatch()
            var options = Simulation.Options()
            options.stopsAtFailure = invocation[stopAtFailure]
            options.isRecording = invocation[record] != nil
            let result = Simulation.run(
                try scenario.drawn(seed: seed), seed: seed, options: options)
            failed = failed || result.failure != nil
            if let path = invocation[record] { try save(result, path) }
            switch invocation.outputFormat {
            case .json: context.print(RunReport.json(result).text + "\n")
            case .table: context.print(RunReport.text(result, seconds: started.seconds))
            }
        }
        return failed ? .failure : .success
    }

    /// Each life of the station is a recording of its own: `PATH`, then `PATH-2` and so on.
    private static func save(_ result: SimulationResult, _ path: String) throws(CommandFailure) {
        for (index, recording) in result.recordings.enumerated() {
            try FileReplacement.write(recording, to: index == 0 ? path : "\(path)-\(index + 1)")
        }
    }
}

/// `path=value` on the command line.
struct WrittenOverride: TextValue {
    static let placeholder = "PATH=VALUE"

    let path: String
    let value: String

    init(text: String) throws(TextValueProblem) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw TextValueProblem("is not PATH=VALUE, such as rotor.rate=3")
        }
        path = String(text[..<equals])
        value = String(text[text.index(after: equals)...])
    }
}

/// A scenario's file, with what the command line says otherwise.
struct ScenarioFile {
    let path: String
    private let tree: JSON5Node
    var overrides: [(path: String, value: String)]

    /// Scenarios are written by hand; a larger file is one of another kind.
    private static let maxBytes = 1 << 20

    init(
        _ path: String, overrides: [WrittenOverride], _ context: CommandContext
    ) throws(CommandFailure) {
        self.path = path
        self.overrides = overrides.map { ($0.path, $0.value) }
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try context.readFile(path, Self.maxBytes)
        } catch {
            throw CommandFailure(.failure, "\(path): \(error.message)")
        }
        do throws(ScenarioError) {
            tree = try ScenarioText.tree(bytes)
        } catch {
            throw Self.failure(path, error)
        }
    }

    /// As it is written, with nothing drawn.
    func written() throws(CommandFailure) -> Scenario {
        do throws(ScenarioError) {
            return try Scenario(tree, overrides: overrides)
        } catch {
            throw Self.failure(path, error)
        }
    }

    func drawn(seed: UInt64) throws(CommandFailure) -> Scenario {
        do throws(ScenarioError) {
            return try Scenario.drawn(tree, overrides: overrides, seed: seed)
        } catch {
            throw Self.failure(path, error)
        }
    }

    private static func failure(_ path: String, _ error: ScenarioError) -> CommandFailure {
        CommandFailure(.configuration, "\(path), \(error)")
    }
}
