import Engine
import JSON

// What gpsd said, as `gpspipe -w`, a socket or a transcript has it.
extension DeviceTimeline {
    /// A transcript with its own times.
    init(gpsdTranscript bytes: [UInt8], _ limits: ImportLimits) throws(ImportProblem) {
        let lines = try TranscriptLine.read(bytes, limits)
        self.init()
        var start: Duration?
        var hasGreeting = false
        for line in lines {
            let begun = line.at - (start ?? line.at)
            last(until: begun)
            if line.isEnd {
                if start != nil { add(.ended, at: begun) }
            } else if line.isBeginning {
                if start != nil { add(.began, at: begun) }
            } else if line.direction == .fromDevice {
                for report in LogLines(line.bytes) where !report.bytes.isEmpty {
                    if Report(report.bytes)?.name == "VERSION" {
                        // Said again to whoever connects.
                        if !hasGreeting { greet(report.bytes) }
                        hasGreeting = true
                        continue
                    }
                    start = start ?? line.at
                    take(report.bytes, at: line.at - (start ?? line.at))
                }
            }
        }
        try check(limits)
    }

    /// gpsd's own lines, with or without the time stamps that `gpspipe -t` puts before them.
    ///
    /// Without stamps the times of the reports of position tell how far apart they were; where
    /// these are missing or cannot be right, an epoch is a second.
    init(gpsdLines bytes: [UInt8], _ limits: ImportLimits) throws(ImportProblem) {
        self.init()
        var pacing = ReportPacing(limits)
        var hasGreeting = false
        for line in try LogLines.read(bytes, limits) where !line.bytes.isEmpty {
            let (stamp, content) = Self.stamped(line.bytes)
            let report = Report(content)
            if report?.name == "VERSION" {
                if !hasGreeting { greet(content) }
                hasGreeting = true
                continue
            }
            let at = pacing.time(of: report, stamp: stamp)
            guard at <= limits.longest else { throw .tooLong(limits.longest) }
            take(content, at: at)
        }
        try check(limits)
    }

    private mutating func take(_ line: ArraySlice<UInt8>, at: Duration) {
        guard let report = Report(line), report.name == "TPV" else {
            return add(.bytes(Self.line(line)), at: at)
        }
        addReport(line, at: at, time: report.time)
    }

    private func check(_ limits: ImportLimits) throws(ImportProblem) {
        guard !moments.isEmpty else { throw .noReports }
        guard length <= limits.longest else { throw .tooLong(limits.longest) }
    }

    /// The stamp before a line, and the line.
    private static func stamped(
        _ line: ArraySlice<UInt8>
    ) -> (UTCTime?, ArraySlice<UInt8>) {
        guard line.first != UInt8(ascii: "{"), let brace = line.firstIndex(of: UInt8(ascii: "{"))
        else { return (nil, line) }
        let prefix = String(decoding: line[..<brace], as: UTF8.self)
        guard prefix.hasSuffix(": ") else { return (nil, line) }
        let stamp = prefix.dropLast(2)
        // `-uu` adds the seconds since 1970; other formats are the user's own.
        let seconds = stamp.split(separator: " ").last.flatMap { Double($0) }
        let epoch = seconds.flatMap { Duration(logSeconds: $0) }.map {
            UTCTime(nanoseconds: 0).advanced(by: $0)
        }
        return (ReportTime.parse(stamp) ?? epoch, line[brace...])
    }
}

/// What an import needs to know of one line of gpsd.
struct Report {
    let name: String
    let time: UTCTime?

    init?(_ line: ArraySlice<UInt8>) {
        guard line.first == UInt8(ascii: "{"),
            let json = (try? JSONReader.read(Array(line)))?.objectValue,
            let name = json["class"]?.stringValue
        else { return nil }
        self.name = name
        time = json["time"]?.stringValue.flatMap { ReportTime.parse($0) }
    }
}

/// When each line came, as well as it can be told.
private struct ReportPacing {
    private let limits: ImportLimits
    private var at = Duration.zero
    private var lastStamp: UTCTime?
    private var lastTime: UTCTime?
    private var hasReported = false

    init(_ limits: ImportLimits) {
        self.limits = limits
    }

    mutating func time(of report: Report?, stamp: UTCTime?) -> Duration {
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
