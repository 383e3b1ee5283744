/// An origin (RFC 6454) that pages may come from, or every origin.
enum WebOrigin: TextValue, Equatable {
    case any
    case page(WebAddress)

    static let placeholder = "ORIGIN"

    init(text: String) throws(TextValueProblem) {
        self = text == "*" ? .any : .page(try WebAddress(text: text))
    }
}
