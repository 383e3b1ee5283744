/// Files that hold one secret, which must not stand on a command line.
enum SecretFile {
    /// No token or key is longer.
    private static let mostBytes = 4096

    /// The secret that a file holds; nil when there is no file and none is required.
    ///
    /// - Parameter noun: what the secret is, for whoever reads why it cannot be used.
    static func text(
        of path: String, _ noun: String, isRequired: Bool = true, _ context: CommandContext
    ) throws(CommandFailure) -> String? {
        let bytes: [UInt8]
        do {
            bytes = try context.readFile(path, mostBytes)
        } catch {
            guard isRequired else { return nil }
            throw CommandFailure(.configuration, "\(noun) file \(path): \(error.message)")
        }
        let word = bytes.filter { $0 > 0x20 }
        guard !word.isEmpty, word.allSatisfy({ $0 < 0x7F }) else {
            throw CommandFailure(.configuration, "\(noun) file \(path) holds no \(noun)")
        }
        return String(decoding: word, as: UTF8.self)
    }
}
