/// Words that must not stay in the repository: promises without an issue, places of one machine.
enum Marks {
    // In pieces, so that this file is clean itself.
    static let promises = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
    static let machinePaths = ["/wo" + "rk/", "/tmp/w" + "t", "/ro" + "ot/", "/ho" + "me/runner"]

    static func findings(in file: SourceFile) -> [Finding] {
        file.lines.enumerated().flatMap { index, line in
            promises.filter { line.contains($0) }.map {
                file.finding(index, "\($0): do it, or open an issue")
            }
                + machinePaths.filter { line.contains($0) }.map {
                    file.finding(index, "\($0) is a path of one machine")
                }
        }
    }

    /// A file that only keeps an empty target alive.
    static func isPlaceholder(_ file: SourceFile) -> Bool {
        file.path.hasSuffix("/Placeholder.swift")
    }
}
