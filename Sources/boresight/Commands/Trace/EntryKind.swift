import Recording

/// A kind of entry as written.
struct EntryKind: TextValue, Equatable {
    static let placeholder = RecordedEntry.Kind.allCases.map(\.rawValue).joined(separator: "|")

    let kind: RecordedEntry.Kind

    init(text: String) throws(TextValueProblem) {
        guard let kind = RecordedEntry.Kind(rawValue: text) else {
            let kinds = RecordedEntry.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw TextValueProblem("is not one of " + kinds)
        }
        self.kind = kind
    }
}
