import Engine

/// A moment as written: a time in UTC (RFC 3339), or how long ago it was, such as `90s` or `2h`.
enum PastTime: TextValue, Equatable {
    case ago(Duration)
    case at(UTCTime)

    static let placeholder = "TIME"

    init(text: String) throws(TextValueProblem) {
        if let written = try? WrittenDuration(text: text) {
            self = .ago(written.duration)
        } else if let time = UTCTime(rfc3339: text) {
            self = .at(time)
        } else {
            throw TextValueProblem("is not a time such as 2026-11-21T06:22:01Z, or 2h for two ago")
        }
    }

    /// As the API reads it.
    func text(_ now: UTCTime) -> String {
        moment(now).text(.microsecondsIfAny)
    }

    func moment(_ now: UTCTime) -> UTCTime {
        switch self {
        case .ago(let duration): now.advanced(by: .zero - duration)
        case .at(let time): time
        }
    }
}
