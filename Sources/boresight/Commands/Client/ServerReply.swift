import JSON

/// The JSON of a reply that the server gave with good will.
struct ServerReply: Sendable {
    /// Null when the reply has no body.
    let value: JSONValue

    init(_ reply: APIReply) throws(CommandFailure) {
        guard !reply.body.isEmpty else {
            value = .null
            return
        }
        do {
            value = try JSONReader.read(reply.body)
        } catch {
            throw CommandFailure(
                .failure, "the server's answer is not JSON (\(error))",
                hint: "is it a Boresight server?")
        }
    }

    /// The result as text: as it came for programs, described for people.
    func text(as format: OutputFormat, _ describe: (JSONObject) -> String) -> String {
        switch (format, value) {
        case (.json, .null): ""
        case (.json, _): value.text + "\n"
        case (.table, .object(let object)): describe(object)
        case (.table, .array(let values)):
            values.compactMap(\.objectValue).map(describe).joined(separator: "\n")
        case (.table, _): describe(JSONObject())
        }
    }
}
