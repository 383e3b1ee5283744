/// What is wrong with one line of a recording.
package enum RecordingProblem: Error, Sendable, Equatable {
    case notARecording
    case newer(Int64)
    case notJSON(String)
    case missing(String, String)
    /// The line is whole but cannot follow the ones before it.
    case outOfOrder(String)
    /// Its digest or its numbers show that somebody changed it.
    case edited(String)
    case unknownLine
    case lineTooLong(Int)
    case empty
}

extension RecordingProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notARecording: "this is not a recording of boresight"
        case .newer(let version):
            "version \(version) is newer than this program reads (\(RecordingHeader.version)); "
                + "use the program that wrote it, or a newer one"
        case .notJSON(let reason): "not a line of JSON: \(reason)"
        case .missing(let key, let expected): "\"\(key)\" must be \(expected)"
        case .outOfOrder(let what): "out of order: \(what)"
        case .edited(let what): "\(what) was changed after it was recorded"
        case .unknownLine: "this kind of line is not known"
        case .lineTooLong(let limit): "longer than \(limit) bytes"
        case .empty: "the file is empty"
        }
    }
}

/// A problem and the line it is in.
package struct RecordingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    package let problem: RecordingProblem

    package init(line: Int, _ problem: RecordingProblem) {
        self.line = line
        self.problem = problem
    }

    package var description: String { "line \(line): \(problem)" }
}
