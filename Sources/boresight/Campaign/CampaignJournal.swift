import Glibc
import JSON
import Simulation
import Synchronization

/// The file in which every seed stands before it is run, so that not even a crash of the machine
/// loses the one that caused it.
final class CampaignJournal: Sendable {
    private let descriptor: Int32
    private let lock = Mutex(())

    init(path: String) throws(CommandFailure) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CommandFailure(.failure, "\(path): \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        close(descriptor)
    }

    func begins(_ file: String, _ seed: UInt64) {
        write(["file": .string(file), "seed": .string(String(seed)), "state": .string("begins")])
    }

    func ended(_ file: String, _ run: CampaignRun) {
        write([
            "file": .string(file), "seed": .string(String(run.seed)), "state": .string("ended"),
            "failed": run.signature.map { .string($0) } ?? .null,
        ])
    }

    private func write(_ line: JSONValue) {
        lock.withLock { _ in FileWriting.write(line.text + "\n", to: descriptor) }
    }
}
