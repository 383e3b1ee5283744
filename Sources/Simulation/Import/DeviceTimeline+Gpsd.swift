import Engine

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
                    if LoggedReport(report.bytes)?.name == "VERSION" {
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
            let report = LoggedReport(content)
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
        guard let report = LoggedReport(line), report.name == "TPV" else {
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
