/// A failure as a scenario file that every test run replays.
package enum CaseFile {
    /// - Parameters:
    ///   - scenario: shrunk, with its seed.
    ///   - origin: the scenario file that it was found in.
    package static func text(
        _ scenario: Scenario, signature: String, detail: String, origin: String, seed: UInt64
    ) -> String {
        """
        // Failed: \(oneLine(signature))
        // Seen:   \(oneLine(detail))
        // Found in \(oneLine(origin)) with seed \(seed), and made smaller.
        \(scenario.text)
        """
    }

    /// A file name out of a signature: letters, digits and hyphens.
    package static func name(_ signature: String, seed: UInt64) -> String {
        var name = ""
        for character in signature.lowercased() {
            if character.isASCII, character.isLetter || character.isNumber {
                name.append(character)
            } else if !name.hasSuffix("-"), !name.isEmpty {
                name.append("-")
            }
        }
        let trimmed = name.hasSuffix("-") ? String(name.dropLast()) : name
        return "\(trimmed.prefix(60))-\(seed).json"
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
