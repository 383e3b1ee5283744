import Drivers

/// The file with the key that hosts of game nights log in with.
enum HostKeyFile {
    static let fileName = "game-night.key"
    private static let mostBytes = 4096

    /// Reads the key; the first start draws one.
    ///
    /// - Parameter configured: a file that somebody named and that must be there; nil for the one
    ///   in the data folder.
    static func key(
        configured: String?, directory: String
    ) throws(CommandFailure) -> HostKey {
        let path = configured ?? directory + "/" + fileName
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try FileReading.bytes(of: path, atMost: mostBytes)
        } catch {
            guard error.isMissing, configured == nil else {
                throw CommandFailure(.configuration, "\(path): \(error.message)")
            }
            let key = HostKey.drawn(from: SystemEntropy.bytes(HostKey.drawnBytes))
            try PrivateFile.write(key, to: path)
            bytes = Array(key.utf8)
        }
        guard let key = HostKey(String(decoding: bytes, as: UTF8.self)) else {
            throw CommandFailure(.configuration, "\(path): the key is empty")
        }
        return key
    }
}
