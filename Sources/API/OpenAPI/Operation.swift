import JSON

/// What a route takes and answers, for people and for programs.
///
/// Only made when somebody asks for the document that it stands in.
struct Operation: Sendable {
    enum Place: String, Sendable {
        case path
        case query
        case header
    }

    struct Parameter: Sendable {
        let place: Place
        let name: String
        let schema: Schema
        let text: String
        let isRequired: Bool
    }

    struct Answer: Sendable {
        let status: Int
        let text: String
        /// What the body is like, by media type; empty for no body.
        let content: [(type: String, schema: Schema)]
    }

    let summary: String
    let text: String
    /// Whether it opens a WebSocket, which OpenAPI has no words for.
    private(set) var isSocket = false
    private(set) var needsToken = true
    private(set) var parameters: [Parameter] = []
    private(set) var body: Schema?
    private(set) var answers: [Answer] = []
    /// Statuses of errors, with the reason where the status does not say it all.
    private(set) var refusals: [(status: Int, reason: String)] = []

    /// - Parameters:
    ///   - summary: three words or so; the operation's name for programs is made from them.
    ///   - text: what the summary leaves open.
    init(_ summary: String, _ text: String = "") {
        self.summary = summary
        self.text = text
    }

    static func socket(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).changed { $0.isSocket = true }
    }

    // MARK: What it takes

    func path(_ name: String, _ schema: Schema, _ text: String = "") -> Operation {
        taking(.init(place: .path, name: name, schema: schema, text: text, isRequired: true))
    }

    func query(
        _ name: String, _ schema: Schema, _ text: String = "", isRequired: Bool = false
    ) -> Operation {
        taking(
            .init(place: .query, name: name, schema: schema, text: text, isRequired: isRequired))
    }

    func header(_ name: String, _ schema: Schema, _ text: String = "") -> Operation {
        taking(.init(place: .header, name: name, schema: schema, text: text, isRequired: false))
    }

    private func taking(_ parameter: Parameter) -> Operation {
        changed { $0.parameters.append(parameter) }
    }

    /// A JSON body.
    func takes(_ body: Schema) -> Operation {
        changed { $0.body = body }
    }

    var withoutToken: Operation {
        changed { $0.needsToken = false }
    }

    // MARK: What it answers

    /// A JSON body, or none.
    func answers(_ status: Int, _ text: String, _ schema: Schema? = nil) -> Operation {
        answers(status, text, content: schema.map { [("application/json", $0)] } ?? [])
    }

    func answers(
        _ status: Int, _ text: String, content: [(type: String, schema: Schema)]
    ) -> Operation {
        changed { $0.answers.append(Answer(status: status, text: text, content: content)) }
    }

    /// An error, besides those that its token, its body and the store bring.
    func refuses(_ status: Int, _ reason: String = "") -> Operation {
        changed { $0.refusals.append((status, reason)) }
    }

    private func changed(_ change: (inout Operation) -> Void) -> Operation {
        var operation = self
        change(&operation)
        return operation
    }

    // MARK: Reading

    /// The summary as one word: `List devices` is `listDevices`.
    var id: String {
        let words = words
        return (words.first ?? "")
            + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// The same in snake case, as the audit has it: `list_devices`.
    var action: String { words.joined(separator: "_") }

    private var words: [String] {
        summary.split { !($0.isLetter || $0.isNumber) }.map { $0.lowercased() }
    }

    /// Every error with its reasons, by status.
    var errors: [(status: Int, reason: String)] {
        var general = [503]
        if needsToken { general += [401, 403] }
        if body != nil { general += [400, 413, 415] }
        let own = Dictionary(grouping: refusals, by: \.status)
        return Set(general + own.keys).sorted().map { status in
            (status, (own[status] ?? []).map(\.reason).joined(separator: " "))
        }
    }
}
