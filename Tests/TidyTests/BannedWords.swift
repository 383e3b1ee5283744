/// Words that make two runs differ, banned from what the core runs.
///
/// Time, randomness, identity and tasks come from the engine there.
enum BannedWords {
    struct Word: Sendable {
        let text: String
        let instead: String
        /// Text that, later in the line, makes the word harmless.
        var unless: String?
    }

    static let words: [Word] = [
        Word(text: "Date(", instead: "the engine's time"),
        Word(text: "Date.now", instead: "the engine's time"),
        Word(text: "ContinuousClock", instead: "the engine's clock"),
        Word(text: "SuspendingClock", instead: "the engine's clock"),
        Word(text: "Task.sleep", instead: "the engine's timers"),
        Word(text: "Task.detached", instead: "core.task"),
        Word(text: "Task {", instead: "core.task"),
        Word(text: "Task.init", instead: "core.task"),
        Word(text: "DispatchQueue", instead: "the engine's executor"),
        Word(text: "UUID(", instead: "the engine's random source"),
        Word(text: "SystemRandomNumberGenerator", instead: "the engine's random source"),
        Word(text: ".random(in:", instead: "the engine's random source", unless: "using:"),
        Word(text: ".random()", instead: "the engine's random source"),
        Word(text: ".randomElement(", instead: "the engine's random source", unless: "using:"),
        Word(text: ".shuffled(", instead: "the engine's random source", unless: "using:"),
        Word(text: ".shuffle(", instead: "the engine's random source", unless: "using:"),
        Word(text: "ObjectIdentifier(", instead: "a number that the engine gave"),
        Word(text: "hashValue", instead: "an order of its own"),
        Word(text: "clock_gettime", instead: "the engine's time"),
        Word(text: "clinux_monotonic", instead: "the engine's time"),
        Word(text: "gettimeofday", instead: "the engine's time"),
    ]

    /// What the core's thread runs, as path prefixes.
    static let core = [
        "Sources/Engine/", "Sources/Pointing/", "Sources/Drivers/", "Sources/Station/",
        "Sources/JSON/",
    ]

    /// Files in those folders that run outside of the core or are the source that others use
    /// instead, each with the words that it needs.
    static let exceptions: [(path: String, words: Set<String>)] = [
        // The one place where the machine's clocks are read.
        ("Sources/Engine/Time/MachineClock.swift", ["clock_gettime"]),
        // Links run on the sockets' thread.
        ("Sources/Drivers/Link/", ["clinux_monotonic"]),
        // Sessions on devices run on a thread of their own.
        ("Sources/Drivers/Ssh/SSHLoop.swift", ["clinux_monotonic"]),
        // Programs are watched by another one.
        ("Sources/Drivers/Process/", ["clinux_monotonic"]),
    ]

    static func findings(in file: SourceFile) -> [Finding] {
        guard core.contains(where: { file.path.hasPrefix($0) }) else { return [] }
        let excused = exceptions.filter { file.path.hasPrefix($0.path) }.flatMap(\.words)
        return file.code.enumerated().flatMap { index, line in
            words.compactMap { word in
                guard !excused.contains(word.text), holds(line, word) else { return nil }
                return file.finding(
                    index, "'\(word.text)' in the core; use \(word.instead) (see BannedWords)")
            }
        }
    }

    /// Whether the word stands in the line, not as the end of a longer one.
    private static func holds(_ line: String, _ word: Word) -> Bool {
        var rest = line[...]
        while let range = rest.firstRange(of: word.text) {
            let before =
                range.lowerBound > line.startIndex
                ? line[line.index(before: range.lowerBound)] : " "
            let isWhole =
                word.text.hasPrefix(".") || !(before.isLetter || before.isNumber || before == "_")
            let isExcused = word.unless.map { rest[range.upperBound...].contains($0) } ?? false
            if isWhole, !isExcused { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
