/// Everything that can be typed after `boresight`.
enum CommandTree {
    static let root = Command(
        "boresight", "Points the antenna at the phone",
        discussion: """
            One daemon serves the API and the pages; the other commands talk to it.
            Settings come from options, else from BORESIGHT_… variables, else from the
            configuration file, else from the defaults shown here.
            """,
        verbs: [
            Serve.command, Demo.command, Pair.command, RotorCommands.command, Station.command,
            Health.command,
            UserCommands.command, OrganizationCommands.command, MemberCommands.command,
            TokenCommands.command, MfaCommands.command,
            DeviceCommands.command, LeaseCommands.command, LocationCommands.command,
            ConnectionCommands.command, OrderCommands.command, WatchCommands.command,
            GameNightCommands.command, WorkspaceCommands.command, AuditCommands.command,
            RecordCommands.command, Report.command, Redact.command, ReplayCommand.command,
            Verify.command,
            Trace.command, Import.command, Simulate.command, CampaignCommand.command,
            Version.command, Help.command,
        ])
}
