import Engine
import Station

/// `boresight audit verify`: checks the chain of the stored entries.
enum AuditVerify {
    static let command = Command(
        "verify", "Check that no stored entry was changed, removed or moved",
        discussion: """
            Ends with 1 and names the first entry that is wrong. Whoever can write the
            whole database can make a new chain: keep the digest that is shown here
            elsewhere, and compare.
            """,
        options: StoredAudit.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let audit = try StoredAudit(invocation, context)
        let counted = try audit.counted()
        var check = AuditCheck()
        var fault: AuditCheck.Fault?
        try audit.forEachRow { row in
            do throws(AuditCheck.Fault) {
                try check.take(row)
            } catch {
                fault = error
            }
            return fault == nil
        }
        do throws(AuditCheck.Fault) {
            if let fault { throw fault }
            try check.finish(counted: counted)
        } catch {
            let time = error.time.map { " of \($0.text(.milliseconds))" } ?? ""
            throw CommandFailure(.failure, "entry \(error.number)\(time): \(error.description)")
        }
        context.print(text(check))
        return .success
    }

    private static func text(_ check: AuditCheck) -> String {
        guard let first = check.first, let last = check.last else { return "no entries\n" }
        return """
            \(check.count == 1 ? "1 entry" : "\(check.count) entries") from \
            \(first.text(.milliseconds)) to \(last.text(.milliseconds)), unchanged
            the digest of the last one is \(check.digest.hexadecimal)

            """
    }
}
