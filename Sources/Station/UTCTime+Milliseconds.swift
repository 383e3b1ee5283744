import Engine

extension UTCTime {
    /// Cut to the millisecond, as some of the APIs show it.
    var milliseconds: UTCTime {
        let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return UTCTime(nanoseconds: (quotient - (remainder < 0 ? 1 : 0)) * 1_000_000)
    }
}
