import Simulation

/// An import without gpsd.
enum TestImport {
    static func fixture(
        of log: String, seed: UInt64 = 1, limits: ImportLimits = ImportLimits()
    ) throws(ImportProblem) -> ImportedFixture {
        try fixture(of: Array(log.utf8), seed: seed, limits: limits)
    }

    static func fixture(
        of log: [UInt8], seed: UInt64 = 1, limits: ImportLimits = ImportLimits(),
        decoded: String? = nil
    ) throws(ImportProblem) -> ImportedFixture {
        let importer = LogImport(program: "test", seed: seed, limits: limits) {
            _ throws(ImportProblem) in
            guard let decoded else { throw .gpsd("no gpsd here") }
            return LogImport.Decoded(json: Array(decoded.utf8), device: "/dev/pts/7")
        }
        return try importer.fixture(of: log)
    }

    /// A report of position at 52 N, 4.36 E.
    static func report(second: Int, latitude: String = "52.000000000") -> String {
        let time = "2026-11-20T12:00:" + (second < 10 ? "0" : "") + "\(second).000Z"
        return #"{"class":"TPV","device":"/dev/pts/7","mode":3,"time":"\#(time)","#
            + #""lat":\#(latitude),"lon":4.360000000,"altHAE":46.0,"eph":5.0,"epv":8.0}"#
    }
}
