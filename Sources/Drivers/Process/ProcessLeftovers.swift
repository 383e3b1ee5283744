private import CLinux
import Engine
private import Glibc

/// What programs of a station outlived its crash.
package enum ProcessLeftovers {
    /// Ends every process that carries the station's cookie, whatever session it was of, gently
    /// first; how many there were, and how many do not end.
    ///
    /// To be called before the station starts any: nobody else may run it then. Waits as long as
    /// the edge does at its end (`ProcessLimits.lastGrace` and `patience`), and for nothing when
    /// there is nothing.
    ///
    /// - Parameter station: the data directory.
    package static func clear(
        station: String, limits: ProcessLimits = ProcessLimits()
    ) -> (found: Int, left: Int) {
        var owner = ProcessOwner(
            cookie: ProcessCookie(station: ProcessCookie.station(station), session: nil))
        guard var left = ProcessList.processes(of: owner), !left.isEmpty else { return (0, 0) }
        let begin = clinux_monotonic_nanoseconds()
        let kill = begin + limits.lastGrace.nanoseconds
        let end = kill + limits.patience.nanoseconds
        var cleanLooks = 0
        while cleanLooks < limits.cleanLooks, clinux_monotonic_nanoseconds() < end {
            let isLate = clinux_monotonic_nanoseconds() >= kill
            for entry in left where isLate || !owner.known.contains(entry.identity) {
                ProcessList.signal(isLate ? SIGKILL : SIGTERM, entry)
            }
            owner.known.formUnion(left.map(\.identity))
            SystemThread.sleep(limits.looks.first)
            left = ProcessList.processes(of: owner) ?? left
            cleanLooks = left.isEmpty ? cleanLooks + 1 : 0
        }
        return (owner.known.count, left.count)
    }
}
