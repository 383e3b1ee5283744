/// One way to call the API: a method, a path with `{parameters}`, and what answers.
struct Route: Sendable {
    let method: String
    let path: String
    let answer: @Sendable (APIRequest) throws(APIError) -> Reply
    /// What the audit calls it; nil for what its description does.
    let action: String?
    /// Makes the description that stands in the API's document; nil while there is none.
    let operation: @Sendable () -> Operation?

    init(
        _ method: String, _ path: String,
        _ answer: @escaping @Sendable (APIRequest) throws(APIError) -> Reply,
        action: String? = nil,
        _ operation: @autoclosure @escaping @Sendable () -> Operation? = nil
    ) {
        self.method = method
        self.path = path
        self.answer = answer
        self.action = action
        self.operation = operation
    }

    /// The path's parts between slashes.
    var segments: [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }
}
