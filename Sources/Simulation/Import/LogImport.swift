import API
import Engine

/// Makes fixtures of device logs.
///
/// The same log, program and seed make the same bytes. For a receiver's own bytes that holds as
/// long as the gpsd that decodes them, and the day when the log itself does not tell its date.
package struct LogImport: Sendable {
    /// What gpsd reports of a receiver's bytes, and the device name that it reports.
    package struct Decoded: Sendable {
        let json: [UInt8]
        let device: String

        package init(json: [UInt8], device: String) {
            self.json = json
            self.device = device
        }
    }

    private let program: String
    private let seed: UInt64
    private let limits: ImportLimits
    private let decode: @Sendable ([UInt8]) throws(ImportProblem) -> Decoded

    /// - Parameters:
    ///   - program: the version that the recordings name as their maker.
    ///   - decode: has gpsd read a receiver's bytes.
    package init(
        program: String, seed: UInt64, limits: ImportLimits = ImportLimits(),
        decode: @escaping @Sendable ([UInt8]) throws(ImportProblem) -> Decoded
    ) {
        self.program = program
        self.seed = seed
        self.limits = limits
        self.decode = decode
    }

    package func fixture(of log: [UInt8]) throws(ImportProblem) -> ImportedFixture {
        guard log.count <= limits.fileBytes else { throw .tooLarge(limits.fileBytes) }
        let kind = try LogKind.of(log, limits)
        switch kind {
        case .gpsd: return try play(DeviceTimeline(gpsdLines: log, limits), kind)
        case .gpsdTranscript: return try play(DeviceTimeline(gpsdTranscript: log, limits), kind)
        case .receiver:
            let decoded = try decode(log)
            let json = DecodedReceiver.settled(decoded.json, device: decoded.device)
            return try play(DeviceTimeline(gpsdLines: json, limits), kind)
        case .rotctldTranscript:
            return try play(RotctldTranscript(jsonLines: log, limits), kind)
        case .rotctldText: return try play(RotctldTranscript(text: log, limits), kind)
        }
    }

    private func play(
        _ timeline: DeviceTimeline, _ kind: LogKind
    ) throws(ImportProblem) -> ImportedFixture {
        let plan = StationPlan(receiver: .gpsd(host: "127.0.0.1", port: 2947))
        var station = try ImportedStation(
            plan, seed: seed, utc: timeline.utc ?? Self.unknownUTC, program: program)
        var gpsd = PlayedGpsd(timeline)
        station.play(&gpsd, limits)
        return fixture(kind, station, items: timeline.reports, unused: gpsd.unheard)
    }

    private func play(
        _ transcript: RotctldTranscript, _ kind: LogKind
    ) throws(ImportProblem) -> ImportedFixture {
        var station = try ImportedStation(
            StationPlan(), seed: seed, utc: Self.unknownUTC, program: program)
        var rotctld = PlayedRotctld(transcript)
        station.play(&rotctld, limits)
        guard rotctld.end != nil else { throw .neverReached }
        let count = transcript.exchanges.count
        return fixture(kind, station, items: count, unused: count - rotctld.used)
    }

    private func fixture(
        _ kind: LogKind, _ station: ImportedStation, items: Int, unused: Int
    ) -> ImportedFixture {
        ImportedFixture(
            kind: kind, bytes: station.recording, items: items, unused: unused,
            fixes: station.fixes, virtualTime: Instant.start.duration(to: station.now),
            events: station.events)
    }

    /// 2026-01-01: for logs that do not tell when they were made.
    private static let unknownUTC = UTCTime(nanoseconds: 1_767_225_600_000_000_000)
}
