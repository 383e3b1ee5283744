import Engine
import Station

/// `boresight audit export`: the stored entries for other programs.
enum AuditExport {
    private static let format = Option<AuditFormat>(
        "format", default: "jsonl", "a line of JSON an entry, or a table")
    private static let since = Option<PastTime>("since", "nothing earlier")
    private static let until = Option<PastTime>("until", "nothing later")

    /// Entries that are written at a time: some 100 KB.
    private static let entriesAtOnce = 200

    static let command = Command(
        "export", "Write the stored entries to standard output, the oldest first",
        discussion: """
            With everything that the digests cover, and the digests, so that another
            program can check the chain. A TIME is RFC 3339 in UTC, or how long ago:
            '--since 2h'.
            """,
        options: [format.declaration, since.declaration, until.declaration] + StoredAudit.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let audit = try StoredAudit(invocation, context)
        let format = invocation[format] ?? .jsonl
        let now = context.now()
        let (since, until) = (invocation[since]?.moment(now), invocation[until]?.moment(now))
        var text = format.header
        var waiting = 0
        var isMalformed = false
        try audit.forEachRow { row in
            guard let entry = AuditEntry.stored(row) else {
                isMalformed = true
                return false
            }
            guard since.map({ entry.time >= $0 }) ?? true, until.map({ entry.time < $0 }) ?? true
            else { return true }
            text += format.text(row, entry.time)
            waiting += 1
            guard waiting == entriesAtOnce else { return true }
            context.print(text)
            (text, waiting) = ("", 0)
            return true
        }
        if !text.isEmpty { context.print(text) }
        guard !isMalformed else {
            throw CommandFailure(
                .failure, "an entry is malformed; what comes after it was not written",
                hint: "see: boresight audit verify")
        }
        return .success
    }
}
