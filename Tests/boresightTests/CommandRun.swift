@testable import boresight

/// A command line against a scripted server, and what came of it.
struct CommandRun {
    let code: ExitCode
    let output: String
    let error: String
    let asked: [String]
    let paused: [Duration]

    /// - Parameters:
    ///   - replies: by request line; what is not listed cannot be reached.
    ///   - series: replies that come one after the other.
    init(
        _ line: String, _ replies: [String: (status: Int, body: String)] = [:],
        series: [String: [(status: Int, body: String)?]] = [:],
        files: [String: String] = [:], sockets: ScriptedSockets? = nil
    ) {
        let recorded = RecordedOutput()
        let client = ScriptedClient(replies, series: series)
        let words = line.split(separator: " ").map(String.init)
        code = Program.run(
            words, recorded.context(files: files, client: client, sockets: sockets))
        (output, error, paused) = (recorded.output, recorded.error, recorded.paused)
        asked = client.asked
    }

    /// What a caller with two organisations is told of themselves.
    static let myself = """
        {"id":"u1","email":"eva@b","organizations":[{"id":"o1","name":"Club","role":"manager"},\
        {"id":"o2","name":"School","role":"member"}],"organization":"o1"}
        """
}
