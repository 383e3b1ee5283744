import Glibc
import Simulation

/// Has gpsd read a receiver's bytes, as fast as it can, and collects what it reports.
struct ReceiverDecoder {
    /// Bytes of reports; gpsd makes about ten of one of a binary protocol.
    private static let reportLimit = 512 << 20
    /// gpsd reads and answers in milliseconds; on a busy machine it may have to wait.
    private static let silenceLimit = Duration.seconds(20)
    /// gpsd has read everything, and answers so many questions in a row with nothing else between.
    private static let quietRounds = 4
    private static let quietPause: Int32 = 20

    private let line: SerialLine
    private let gpsd: DecodingGpsd
    private var reports: [UInt8] = []

    static func decode(_ log: [UInt8]) throws(ImportProblem) -> LogImport.Decoded {
        do throws(SystemProblem) {
            let line = try SerialLine()
            var decoder = ReceiverDecoder(line: line, gpsd: try DecodingGpsd(reading: line))
            try decoder.run(log)
            guard decoder.hasRecognised else {
                throw SystemProblem(
                    "gpsd finds no message of a receiver in it", code: EBADMSG)
            }
            return LogImport.Decoded(json: decoder.reports, device: line.path)
        } catch {
            throw .gpsd(error.description)
        }
    }

    private init(line: SerialLine, gpsd: DecodingGpsd) {
        self.line = line
        self.gpsd = gpsd
    }

    private mutating func run(_ log: [UInt8]) throws(SystemProblem) {
        try ask("?WATCH={\"enable\":true,\"json\":true};\n", until: "\"class\":\"WATCH\"")
        guard String(decoding: reports, as: UTF8.self).contains(line.path) else {
            throw SystemProblem("another gpsd has taken the port; try again", code: EADDRINUSE)
        }
        try feed(log)
        try waitForTheEnd()
    }

    private mutating func feed(_ log: [UInt8]) throws(SystemProblem) {
        var rest = log[...]
        var progress = ContinuousClock.now
        while !rest.isEmpty || !line.isDrained {
            let written = rest.isEmpty ? 0 : line.write(rest.prefix(4096))
            rest = rest.dropFirst(written)
            line.discardInput()
            let hasNews = try collect(waiting: written > 0 ? 0 : 5)
            if written > 0 || hasNews { progress = .now }
            guard progress.duration(to: .now) < Self.silenceLimit else {
                throw SystemProblem("gpsd does not read its device", code: ETIMEDOUT)
            }
        }
    }

    /// An answer to a question comes behind everything that gpsd has made of the bytes before it.
    private mutating func waitForTheEnd() throws(SystemProblem) {
        var quiet = 0
        while quiet < Self.quietRounds {
            let before = reports.count
            try ask("?VERSION;\n", until: "\"class\":\"VERSION\"")
            let answer = reports[before...]
            // Only the version, which was asked for, and no report.
            quiet = answer.count { $0 == UInt8(ascii: "\n") } == 1 ? quiet + 1 : 0
            reports.removeSubrange(Self.lastLine(of: reports)...)
            _ = try collect(waiting: Self.quietPause)
        }
    }

    private mutating func ask(_ question: String, until answer: String) throws(SystemProblem) {
        let start = reports.count
        guard gpsd.send(question) else { throw SystemProblem("gpsd has gone") }
        let end = ContinuousClock.now.advanced(by: Self.silenceLimit)
        while ContinuousClock.now < end {
            let lines = String(decoding: reports[start...], as: UTF8.self)
                .split(separator: "\r\n", omittingEmptySubsequences: false)
            if lines.dropLast().contains(where: { $0.contains(answer) }) { return }
            _ = try collect(waiting: 100)
        }
        throw SystemProblem("gpsd does not answer", code: ETIMEDOUT)
    }

    /// Waits for reports, for some milliseconds at most; false when there were none.
    private mutating func collect(waiting milliseconds: Int32) throws(SystemProblem) -> Bool {
        var poll = pollfd(fd: gpsd.descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, milliseconds) > 0 else { return false }
        guard let received = gpsd.receive() else {
            throw SystemProblem("gpsd ended while it read this", code: ECONNRESET)
        }
        reports += received
        guard reports.count <= Self.reportLimit else {
            throw SystemProblem("gpsd reports too much of it", code: EFBIG)
        }
        return !received.isEmpty
    }

    private static func lastLine(of bytes: [UInt8]) -> Int {
        let newline = UInt8(ascii: "\n")
        return bytes.dropLast().lastIndex(of: newline).map { $0 + 1 } ?? 0
    }

    /// gpsd names the driver of a device that it knows.
    private var hasRecognised: Bool {
        let text = String(decoding: reports, as: UTF8.self)
        return text.contains("\"driver\":") || text.contains("\"class\":\"TPV\"")
    }
}
