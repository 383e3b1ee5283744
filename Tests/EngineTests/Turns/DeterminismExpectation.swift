/// The committed trace of `Workload` under seed 42.
enum DeterminismExpectation {
    static let trace: UInt64 = 1_001_971_906_808_207_537
}
