private import CGPS
import Synchronization

/// Owns libgps' working memory; decoding keeps nothing from one line to the next.
struct GpsdDecoder: ~Copyable {
    /// libgps has static buffers of its own, so that the whole process takes turns.
    private static let shared = Mutex(GpsdDecoder())

    /// Decodes one line with libgps, on any thread; nil when libgps cannot parse it.
    static func decode(_ line: [UInt8]) -> GpsdReport? {
        shared.withLock { $0.decode(line) }
    }

    // One allocation for the life of the process; only `decode` touches it, behind the lock.
    private nonisolated(unsafe) let memory: UnsafeMutableRawPointer?

    private init() {
        memory = cgps_decoder_new()
    }

    deinit {
        cgps_decoder_free(memory)
    }

    private borrowing func decode(_ line: [UInt8]) -> GpsdReport? {
        guard let memory else { return nil }
        var text = line.map { CChar(bitPattern: $0) } + [0]
        var report = cgps_report()
        guard cgps_decode(memory, &text, &report) else { return nil }
        if report.has_fix { return .position(position(report)) }
        if report.has_sky {
            return .satellites(
                used: Int(report.satellites_used), visible: Int(report.satellites_visible))
        }
        if report.has_devices { return .devices(count: Int(report.device_count)) }
        return .other
    }

    private borrowing func position(_ report: cgps_report) -> GpsdPosition {
        var position = GpsdPosition()
        position.device = withUnsafeBytes(of: report.device) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        position.mode = Int(report.mode)
        if report.has_time {
            position.unixSeconds =
                Double(report.time_seconds) + Double(report.time_nanoseconds) / 1e9
        }
        position.latitudeDegrees = finite(report.latitude)
        position.longitudeDegrees = finite(report.longitude)
        position.ellipsoidHeightMeters = finite(report.altitude_hae)
        position.seaLevelHeightMeters = finite(report.altitude_msl)
        position.geoidSeparationMeters = finite(report.geoid_separation)
        position.horizontalErrorMeters = finite(report.eph)
        if position.horizontalErrorMeters == nil,
            let east = finite(report.epx), let north = finite(report.epy)
        {
            position.horizontalErrorMeters = (east * east + north * north).squareRoot()
        }
        position.verticalErrorMeters = finite(report.epv)
        position.speedMetersPerSecond = finite(report.speed)
        position.trackDegrees = finite(report.track)
        return position
    }

    private borrowing func finite(_ value: Double) -> Double? {
        value.isFinite ? value : nil
    }
}
