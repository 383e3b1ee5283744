import Engine

/// When each line came, as well as it can be told.
struct ReportPacing {
    private let limits: ImportLimits
    private var at = Duration.zero
    private var lastStamp: UTCTime?
    private var lastTime: UTCTime?
    private var hasReported = false

    init(_ limits: ImportLimits) {
        self.limits = limits
    }

    mutating func time(of report: LoggedReport?, stamp: UTCTime?) -> Duration {
        if let stamp {
            at += lastStamp.map { plausible($0.duration(to: stamp)) ?? .zero } ?? .zero
            lastStamp = stamp
            return at
        }
        guard lastStamp == nil, let report, report.name == "TPV" else { return at }
        defer {
            lastTime = report.time ?? lastTime
            hasReported = true
        }
        if let time = report.time, let lastTime {
            at += time == lastTime ? .zero : plausible(lastTime.duration(to: time)) ?? limits.epoch
        } else if hasReported {
            at += limits.epoch
        }
        return at
    }

    private func plausible(_ step: Duration) -> Duration? {
        step > .zero && step <= limits.largestStep ? step : nil
    }
}
