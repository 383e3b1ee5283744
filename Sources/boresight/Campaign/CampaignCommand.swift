import Engine
import Glibc
import JSON
import Simulation

/// `boresight campaign`.
enum CampaignCommand {
    private static let path = Argument<String>("FILE", "a scenario, or a folder of scenarios")
    private static let budget = Option<WrittenDuration>(
        "budget", default: "2m", "run seeds for so long, in all")
    private static let jobs = Option<Count>(
        "jobs", short: "j", default: "one for each core", "run so many seeds at a time")
    private static let firstSeed = Option<UInt64>(
        "first-seed", default: "1", "begin with this seed and count on")
    private static let runs = Option<Count>("runs", "run no more seeds of a file than this")
    private static let longest = Option<WrittenDuration>(
        "longest", default: "60s", "end a run that takes longer, and count it as a failure")
    private static let save = Flag(
        "save", "write each shrunk failure into the folder regressions beside its scenario")
    private static let set = Option<WrittenOverride>(
        "set", repeatable: true, "take another value, such as 'chaos.per_hour=100'")
    private static let journal = Option<String>(
        "journal", placeholder: "FILE", default: "campaign.jsonl in the data DIR",
        "write every seed into this file before it is run")

    static let command = Command(
        "campaign", "Search many seeds of a scenario for a failure, and make it small",
        discussion: """
            Runs on all cores, each run in a worker process. What a seed draws: the chaos,
            the variations, and, unless the scenario says otherwise, the order of events of
            the same instant. Each kind of failure is shrunk to a small scenario. Exits
            with 1 when something failed.
            """,
        arguments: [path.declaration],
        options: [
            budget.declaration, jobs.declaration, firstSeed.declaration, runs.declaration,
            longest.declaration, save.declaration, set.declaration, journal.declaration,
            Settings.Declared.data.declaration.option,
        ],
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let path = try invocation.required(path)
        let files = try Folder.files(path, ending: ".json")
        let journal = try CampaignJournal(path: try journalPath(invocation, context))
        let budget = (invocation[budget]?.duration ?? .seconds(120)) / files.count
        var hasFailed = false
        for file in files {
            // Says what is wrong with the file before a worker would.
            let scenario = try searched(
                ScenarioFile(file, overrides: invocation.all(set), context))
            let pool = WorkerPool(
                settings(invocation, scenario), journal: journal)
            let started = MonotonicStopwatch()
            let tally = try pool.run(for: budget)
            context.print(CampaignText.summary(file, tally, seconds: started.seconds))
            for failure in tally.failures {
                hasFailed = true
                context.print(CampaignText.failure(failure))
                try shrink(failure, scenario, invocation, context)
            }
        }
        return hasFailed ? .failure : .success
    }

    private static func settings(
        _ invocation: Invocation, _ scenario: ScenarioFile
    ) -> WorkerPool.Settings {
        WorkerPool.Settings(
            file: scenario.path, overrides: scenario.overrides.map { "\($0.path)=\($0.value)" },
            firstSeed: invocation[firstSeed] ?? 1,
            jobs: invocation[jobs]?.value ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
            patience: invocation[longest]?.duration ?? .seconds(60),
            mostRuns: invocation[runs]?.value)
    }

    /// The order of events is searched too, unless somebody has chosen one.
    private static func searched(_ file: ScenarioFile) throws(CommandFailure) -> ScenarioFile {
        guard try file.written().schedule == .arrival else { return file }
        var file = file
        file.overrides.insert(("schedule", ScheduleChoice.any.rawValue), at: 0)
        return file
    }

    private static func journalPath(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> String {
        if let path = invocation[journal] { return path }
        let folder = try Configuration.load(invocation, context).settings.data
        mkdir(folder, 0o700)
        return folder + "/campaign.jsonl"
    }

    // MARK: Shrinking

    private static func shrink(
        _ failure: CampaignTally.Group, _ file: ScenarioFile, _ invocation: Invocation,
        _ context: CommandContext
    ) throws(CommandFailure) {
        let trial = try CaseTrial(patience: invocation[longest]?.duration ?? .seconds(60))
        let drawn = try file.drawn(seed: failure.shortest.seed)
        let found = trial.run(drawn)
        guard found.signature == failure.signature else {
            return context.print("    does not fail again by itself: it is not deterministic\n")
        }
        var shrinker = Shrinker(drawn) { trial.run($0).signature == failure.signature }
        let before = Shrinker.inputs(of: drawn)
        shrinker.shrink(
            signature: failure.signature, failedAt: found.failedAt ?? drawn.duration)
        let smallest = shrinker.smallest
        context.print(
            "    shrunk from \(before) to \(Words.count(Shrinker.inputs(of: smallest), "input")) "
                + "and \(DifferenceText.seconds(.start.advanced(by: smallest.duration))) in "
                + "\(shrinker.attempts) runs\n")
        let text = CaseFile.text(
            smallest, signature: failure.signature, detail: trial.run(smallest).detail,
            origin: file.path, seed: failure.shortest.seed)
        guard invocation[save] else {
            return context.print(text.split(separator: "\n").map { "      \($0)\n" }.joined())
        }
        let folder = CaseFolder.path(beside: file.path)
        mkdir(folder, 0o755)
        let path = folder + "/" + CaseFile.name(failure.signature, seed: failure.shortest.seed)
        try FileReplacement.write(Array(text.utf8), to: path)
        context.print("    saved as \(path)\n")
    }
}

/// Where shrunk failures go.
private enum CaseFolder {
    static func path(beside file: String) -> String {
        let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
        return folder.hasSuffix("/regressions") ? folder : folder + "/regressions"
    }
}

/// Runs candidates of a shrinking, each in a worker of its own.
private struct CaseTrial {
    struct Outcome {
        var signature: String?
        var detail = ""
        var failedAt: Duration?
    }

    private let path: String
    private let patience: Duration

    init(patience: Duration) throws(CommandFailure) {
        self.patience = patience
        var template = Array("/tmp/boresight-case-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw CommandFailure(.failure, "cannot write into /tmp")
        }
        close(descriptor)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func run(_ scenario: Scenario) -> Outcome {
        defer { unlink(path) }
        do throws(CommandFailure) {
            try FileReplacement.write(Array(scenario.text.utf8), to: path)
            var worker = try SimulationWorker(
                arguments: [
                    path, "--seed", String(scenario.seed ?? 1), "--runs", "1", "--stop-at-failure",
                ])
            while true {
                switch worker.next(patience: patience) {
                case .begins: continue
                case .ended(let run, let at):
                    return Outcome(signature: run.signature, detail: run.detail, failedAt: at)
                case .crashed(let reason): return Outcome(signature: "crash", detail: reason)
                case .hung: return Outcome(signature: "hang", detail: "no end")
                case .finished: return Outcome()
                }
            }
        } catch {
            return Outcome()
        }
    }
}
