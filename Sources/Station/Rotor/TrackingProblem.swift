/// Something that keeps a rotor from standing where it should.
package struct TrackingProblem: Sendable, Equatable {
    /// Whose fault it is.
    package enum Source: String, Sendable {
        case rotor
        case phone
        case gpsd
        case target
        /// Somebody else has the rotor.
        case lease
    }

    package let source: Source
    package let detail: String
    /// The age of what is still in use instead; nil when nothing is.
    package let ageSeconds: Double?

    init(_ source: Source, _ detail: String, ageSeconds: Double?) {
        self.source = source
        self.detail = detail
        self.ageSeconds = ageSeconds
    }

    /// Whether both are the same trouble at different ages.
    func isSameTrouble(as other: TrackingProblem) -> Bool {
        source == other.source && detail == other.detail
    }
}
