package import Engine

/// Checks the stored entries one by one, in the order of their numbers, and remembers only where
/// the chain is.
package struct AuditCheck: Sendable {
    /// The first thing that is wrong.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        package let number: Int64
        /// What the entry says of its time; nil where there is none to say it.
        package let time: UTCTime?
        package let description: String
    }

    private var chain = AuditChain()
    package private(set) var count = 0
    package private(set) var first: UTCTime?
    package private(set) var last: UTCTime?
    /// Where the entries begin, if it is not at the first: the number and digest before them.
    private var begun: AuditTrim?
    /// Where the last entry that says so says that they begin.
    private var trim: AuditTrim?

    package init() {}

    /// The digest of the last entry, which whoever keeps it elsewhere can compare.
    package var digest: [UInt8] { chain.last }

    /// The next row, whatever is in it.
    package mutating func take(_ row: StoreRow) throws(Fault) {
        guard let entry = AuditEntry.stored(row) else {
            throw Fault(
                number: row.integer("number") ?? chain.number + 1,
                time: row.integer("time_ns").map(UTCTime.init(nanoseconds:)),
                description: "the row is malformed")
        }
        if count == 0, entry.number > 1 {
            begun = AuditTrim(number: entry.number - 1, digest: entry.previous)
        } else {
            try checkPlace(entry)
        }
        guard AuditChain.digest(of: entry) == entry.digest else {
            throw Fault(entry, "its digest does not match what it says")
        }
        chain = AuditChain(behind: entry)
        count += 1
        if first == nil { first = entry.time }
        last = entry.time
        if let trim = AuditTrim(entry.event) { self.trim = trim }
    }

    private func checkPlace(_ entry: AuditEntry) throws(Fault) {
        let expected = chain.number + 1
        guard entry.number == expected else {
            if entry.number < expected { throw Fault(entry, "it stands where it does not belong") }
            throw Fault(
                number: expected, time: nil,
                description: "it is missing; the next one is number \(entry.number)")
        }
        guard entry.previous == chain.last else {
            throw Fault(entry, "it does not follow the one before: the previous digest is another")
        }
    }

    /// After the last row.
    ///
    /// - Parameter counted: the number that was given last; nil when nothing says it.
    package func finish(counted: Int64?) throws(Fault) {
        let next = chain.number + 1
        if let begun, begun != trim {
            throw Fault(
                number: begun.number, time: nil,
                description: "it is missing, and no entry says that the chain begins behind it")
        }
        guard let counted else {
            if count == 0 { return }
            throw Fault(
                number: next, time: nil, description: "nothing says whether it is missing")
        }
        guard counted == chain.number else {
            throw Fault(
                number: min(next, counted), time: nil,
                description: counted < next
                    ? "the last number that was given is lower than that of the last entry"
                    : "it is missing, and everything up to number \(counted)")
        }
    }
}

extension AuditCheck.Fault {
    fileprivate init(_ entry: AuditEntry, _ description: String) {
        self.init(number: entry.number, time: entry.time, description: description)
    }
}
