package import Engine

/// The bytes of one device with their times, from the first byte on.
package struct DeviceTimeline: Sendable, Equatable {
    package enum Happening: Sendable, Equatable {
        case bytes([UInt8])
        /// The other side hung up and is gone.
        case ended
        /// It is back.
        case began
    }

    package struct Moment: Sendable, Equatable {
        package let at: Duration
        package let happening: Happening
    }

    package private(set) var moments: [Moment] = []
    /// What gpsd greets with, with its line end.
    package private(set) var greeting: [UInt8] = []
    /// The wall clock at the first moment; nil when the log does not tell.
    package private(set) var utc: UTCTime?
    package private(set) var length = Duration.zero
    /// Reports of position among the bytes.
    package private(set) var reports = 0

    /// For a log without a greeting, such as one that was cut out of a longer one.
    private static let commonGreeting =
        #"{"class":"VERSION","release":"3.25","rev":"3.25","proto_major":3,"proto_minor":15}"#

    init() {
        greeting = Self.line(Self.commonGreeting.utf8)
    }

    mutating func add(_ happening: Happening, at: Duration) {
        moments.append(Moment(at: at, happening: happening))
        last(until: at)
    }

    /// The device was listened to until then, even if it said nothing more.
    mutating func last(until end: Duration) {
        length = max(length, end)
    }

    mutating func addReport(_ line: some Sequence<UInt8>, at: Duration, time: UTCTime?) {
        reports += 1
        if utc == nil, let time { utc = time.advanced(by: .zero - at) }
        add(.bytes(Self.line(line)), at: at)
    }

    mutating func greet(_ line: some Sequence<UInt8>) {
        greeting = Self.line(line)
    }

    /// As gpsd ends its lines.
    static func line(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        Array(bytes) + [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }
}
