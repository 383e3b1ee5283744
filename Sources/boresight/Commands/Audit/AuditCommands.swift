/// `boresight audit`: who did what.
enum AuditCommands {
    static let command = Command(
        "audit", "See who did what, and check that nobody has changed it",
        discussion: """
            The station keeps changes and refusals as entries of a chain: each has a
            digest over itself and the one before. 'list' asks the server; 'verify' and
            'export' read the data directory, also while the daemon runs.
            """,
        verbs: [AuditList.command, AuditVerify.command, AuditExport.command])
}
