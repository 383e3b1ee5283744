import Glibc

extension LogLine.Style {
    /// Journal when standard error is the stream that systemd announces.
    ///
    /// JOURNAL_STREAM holds device and inode of that stream (systemd.exec(5)); a child whose
    /// standard error was redirected inherits the variable and must not believe it.
    static func detected(in environment: [String: String]) -> LogLine.Style {
        guard let announced = environment["JOURNAL_STREAM"] else { return .plain }
        var status = stat()
        guard fstat(STDERR_FILENO, &status) == 0 else { return .plain }
        return announced == "\(status.st_dev):\(status.st_ino)" ? .journal : .plain
    }
}

extension Log {
    /// The log that the settings ask for.
    convenience init(_ settings: Settings, _ context: CommandContext) {
        self.init(
            format: settings.logFormat, threshold: settings.logLevel.level,
            style: .detected(in: context.environment))
    }
}
