/// The committed trace of `Workload` under seed 42.
enum DeterminismExpectation {
    static let trace: UInt64 = 6_549_292_578_914_925_478
}
