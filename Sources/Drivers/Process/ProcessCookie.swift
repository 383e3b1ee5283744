private import CLinux
private import Glibc

/// What every process of a run has in its environment, and hands on to those that it starts.
package struct ProcessCookie: Sendable, Equatable {
    /// The station's data directory, without links.
    package let station: String
    /// The run's name; nil for all of the station's.
    package let session: String?

    package init(station: String, session: String?) {
        self.station = station
        self.session = session
    }

    private static let stationName = "BORESIGHT_STATION"
    private static let sessionName = "BORESIGHT_SESSION"

    /// Whether a variable of that name would be taken for a cookie.
    static func owns(_ name: String) -> Bool {
        name == stationName || name == sessionName
    }

    var variables: [(name: String, value: String)] {
        [(Self.stationName, station), (Self.sessionName, session ?? "")]
    }

    /// Whether a process with that cookie is one of those that this one stands for.
    func covers(_ other: ProcessCookie) -> Bool {
        station == other.station && (session == nil || session == other.session)
    }

    /// Reads it from an environment as Linux shows it; nil where there is none.
    init?(environment: [UInt8]) {
        guard let station = Self.value(of: Self.stationName, in: environment) else { return nil }
        self.init(
            station: station, session: Self.value(of: Self.sessionName, in: environment) ?? "")
    }

    /// Most processes of a machine have none, so that is found without a look at each variable.
    private static func value(of name: String, in environment: [UInt8]) -> String? {
        let wanted = Array((name + "=").utf8)
        return environment.withUnsafeBytes { all -> String? in
            var rest = all[...]
            while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                let found = clinux_find(base, rest.count, wanted, wanted.count)
            {
                let begin = rest.startIndex + (found - base)
                let end = begin + wanted.count
                rest = all[end...]
                guard begin == 0 || all[begin - 1] == 0 else { continue }
                return String(decoding: rest.prefix { $0 != 0 }, as: UTF8.self)
            }
            return nil
        }
    }

    /// A data directory as a cookie names it: absolute and without links; as it is where it does
    /// not exist.
    package static func station(_ directory: String) -> String {
        guard let path = realpath(directory, nil) else { return directory }
        defer { free(path) }
        return String(cString: path)
    }
}
