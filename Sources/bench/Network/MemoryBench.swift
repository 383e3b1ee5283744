import Glibc

/// Resident memory of an idle daemon.
enum MemoryBench {
    static func run() throws {
        let ours = try BenchServer.boresight()
        sleep(2)
        print("  idle: \(Figure.fixed(ours.process.residentMegabytes, 1)) MB resident")
    }
}
