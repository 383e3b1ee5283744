/// Why a file does not become a fixture.
package enum ImportProblem: Error, Sendable, Equatable {
    case empty
    case notRecognised
    case isRecording
    case tooLarge(Int)
    case lineTooLong(line: Int, limit: Int)
    case badLine(line: Int, String)
    case tooLong(Duration)
    /// A log of gpsd without one report.
    case noReports
    /// A transcript of rotctld in which nobody asks where the rotor is: the station would never
    /// find it.
    case noPositions
    /// The station and this rotctld did not come to terms.
    case neverReached
    /// What gpsd could not do.
    case gpsd(String)
    /// Reading, writing, or putting the station together.
    case failed(String)
}

extension ImportProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "the file is empty"
        case .notRecognised:
            "not a log that is known; expected gpsd's JSON, a receiver's bytes (NMEA 0183, UBX, "
                + "SiRF, SkyTraq, RTCM 3, or a log of gpsd's tests), or a transcript of rotctld"
        case .isRecording: "this is a recording already; boresight replay and verify take it"
        case .tooLarge(let limit): "larger than \(limit) bytes"
        case .lineTooLong(let line, let limit): "line \(line): longer than \(limit) bytes"
        case .badLine(let line, let reason): "line \(line): \(reason)"
        case .tooLong(let limit):
            "covers more than \(limit.components.seconds) seconds; cut it into parts"
        case .noReports: "gpsd reports nothing in it"
        case .noPositions:
            "nobody is told in it where the rotor is (p or \\get_pos), so that no station could "
                + "work with this rotctld"
        case .neverReached: "the station does not reach this rotctld in any of its ways to greet it"
        case .gpsd(let reason): reason
        case .failed(let reason): reason
        }
    }
}
