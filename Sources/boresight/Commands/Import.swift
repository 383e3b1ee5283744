import Engine
import JSON
import Simulation

/// `boresight import`: logs of devices become fixtures.
enum Import {
    static let command = Command(
        "import", "Make fixtures of logs of gpsd, receivers and rotctld",
        discussion: """
            Each log is played to a station in virtual time, and what the station makes
            of it is recorded: a fixture, which 'replay' and 'verify' take. What a file
            is, its content tells: gpsd's JSON, a receiver's own bytes (gpsd decodes
            them), or a conversation with rotctld. Directories are searched; what is not
            a log there is reported as failed, and the others go on.
            """,
        arguments: [path.declaration],
        options: [into.declaration, seed.declaration, OutputFormat.option.declaration], run: run)

    private static let path = Argument<String>(
        "PATH", repeatable: true, "a log, or a directory with logs")
    private static let into = Option<String>(
        "into", placeholder: "DIR", "the directory for the fixtures; made when it is not there")
    private static let seed = Option<UInt64>(
        "seed", default: "1", "what the station's chance is drawn from")

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        guard let folder = invocation[into] else {
            throw invocation.usageFailure("--into DIR is missing")
        }
        do throws(SystemProblem) {
            try FixtureFile.makeFolder(folder)
        } catch {
            throw CommandFailure(.failure, error.description)
        }
        let limits = ImportLimits()
        let files = LogFiles(invocation.all(path), into: folder, limits)
        let importer = LogImport(
            program: Version.current, seed: invocation[seed] ?? 1, limits: limits
        ) { log throws(ImportProblem) in
            try ReceiverDecoder.decode(log)
        }
        let start = ContinuousClock.now
        let refused = files.problems.map { file in
            ImportOutcome(path: file.path, wallTime: .zero, result: .failure(.failed(file.problem)))
        }
        let run = ImportRun(importer, into: folder) { path throws(FileProblem) in
            try context.readFile(path, limits.fileBytes)
        }
        let outcomes: [ImportOutcome]
        do throws(SystemThreadError) {
            outcomes = refused + (try run.outcomes(of: files.entries))
        } catch {
            throw CommandFailure(.failure, "cannot start a thread: \(error.reason)")
        }
        guard !outcomes.isEmpty else {
            throw CommandFailure(.failure, "there is no file in what was given")
        }
        for outcome in outcomes {
            guard case .failure(let problem) = outcome.result else { continue }
            context.printError("boresight: \(Words.printable(outcome.path)): \(problem)\n")
        }
        context.print(
            text(of: outcomes, as: invocation.outputFormat, took: start.duration(to: .now)))
        return outcomes.allSatisfy(\.isSuccess) ? .success : .failure
    }

    private static func text(
        of outcomes: [ImportOutcome], as format: OutputFormat, took: Duration
    ) -> String {
        switch format {
        case .json: return JSONValue.array(outcomes.map { .object($0.json) }).text + "\n"
        case .table:
            let good = outcomes.count(where: \.isSuccess)
            let virtual = outcomes.reduce(Duration.zero) { $0 + $1.virtualTime }
            return Table(header: ImportOutcome.header, rows: outcomes.map(\.row)).text
                + "\(good) of \(outcomes.count) files imported: "
                + "\(ImportOutcome.text(virtual, decimals: 1)) of virtual time in "
                + "\(ImportOutcome.text(took, decimals: 2))\n"
        }
    }
}
