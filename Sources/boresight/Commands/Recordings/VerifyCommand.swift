import Engine
import JSON
import Recording
import Simulation

/// `boresight verify`.
enum Verify {
    private static let paths = Argument<String>(
        "FILE", repeatable: true, "recordings, or folders of recordings")
    private static let ignore = Option<String>(
        "ignore", placeholder: "PATH", repeatable: true,
        "do not look at STREAM:KEY.KEY; * stands for any text")
    private static let tolerance = Option<WrittenTolerance>(
        "tolerance", repeatable: true,
        "let numbers at a path differ, such as '*:azimuth=0.5deg' or '*:age=2s'")
    private static let time = Option<WrittenDuration>(
        "time", default: "50ms", "let an output come this much earlier or later")
    private static let update = Flag("update", "write today's outputs into the recordings")
    private static let most = Option<Count>(
        "most", default: "20", "show at most so many differences of one recording")

    static let command = Command(
        "verify", "Feed recordings to this program and compare what leaves it",
        discussion: """
            Every recorded input enters the same actors again, in virtual time. The order of
            outputs counts within a stream and is free between streams. Exits with 1 when
            something differs.
            """,
        arguments: [paths.declaration],
        options: [
            ignore.declaration, tolerance.declaration, time.declaration, update.declaration,
            most.declaration, OutputFormat.option.declaration,
        ],
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var files: [String] = []
        for path in invocation.all(paths) { files += try Folder.recordings(path) }
        let verification = Verification(rules: rules(invocation))
        var failed = 0
        var results: [JSONValue] = []
        for file in files {
            let result = try check(file, verification, context)
            if !result.differences.isEmpty { failed += 1 }
            if invocation.outputFormat == .json {
                results.append(.object(json(file, result)))
            } else {
                context.print(text(file, result, most: invocation[most]?.value ?? 20))
            }
            if invocation[update], !result.differences.isEmpty {
                try FileReplacement.write(result.updated.bytes, to: file)
            }
        }
        if invocation.outputFormat == .json {
            context.print(JSONValue.array(results).text + "\n")
        } else if files.count > 1 {
            context.print("\(files.count) recordings, \(failed) with differences\n")
        }
        if invocation[update] { return .success }
        return failed == 0 ? .success : .failure
    }

    private static func rules(_ invocation: Invocation) -> MatchRules {
        var rules = MatchRules.standard
        rules.ignored += invocation.all(ignore).map { WildcardPattern($0) }
        rules.tolerances = invocation.all(tolerance).map(\.tolerance) + rules.tolerances
        if let duration = invocation[time]?.duration { rules.time = duration }
        return rules
    }

    private static func check(
        _ file: String, _ verification: Verification, _ context: CommandContext
    ) throws(CommandFailure) -> Verification.Result {
        let source = try RecordingSource(path: file, context)
        let reader = try source.readerFromStart()
        do {
            return try verification.run(reader, program: Version.current)
        } catch {
            throw source.failure(error)
        }
    }

    // MARK: Showing

    private static func text(_ file: String, _ result: Verification.Result, most: Int) -> String {
        if result.isIdentical { return "\(file): identical, \(result.turns) turns\n" }
        guard !result.differences.isEmpty else {
            return "\(file): matches, \(result.outputs) outputs of \(result.turns) turns\n"
        }
        var text = "\(file): \(Words.count(result.differences.count, "difference"))\n"
        if let decision = result.decision {
            let at = DifferenceText.seconds(decision.at)
            text += "  the station first decides otherwise at \(at)\n"
            text += "        then: \(decision.then)\n"
            text += "        now:  \(decision.now)\n"
        }
        for difference in result.differences.prefix(most) {
            text += DifferenceText.text(difference)
        }
        let more = result.differences.count - most
        return more > 0 ? text + "  … and \(more) more\n" : text
    }

    private static func json(_ file: String, _ result: Verification.Result) -> JSONObject {
        var json: JSONObject = [
            "file": .string(file), "turns": .integer(Int64(clamping: result.turns)),
            "outputs": .integer(Int64(result.outputs)), "identical": .bool(result.isIdentical),
            "differences": .array(result.differences.map { .object($0.json) }),
        ]
        if let decision = result.decision {
            json["decision"] = [
                "at_ns": .integer(decision.at.nanoseconds), "then": .string(decision.then),
                "now": .string(decision.now),
            ]
        }
        return json
    }
}
