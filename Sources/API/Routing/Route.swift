/// One way to call the API: a method, a path with `{parameters}`, and what answers.
struct Route: Sendable {
    let method: String
    let path: String
    let answer: @Sendable (APIRequest) throws(APIError) -> Reply
    /// Makes the description that stands in the API's document; nil while there is none.
    let operation: @Sendable () -> Operation?

    init(
        _ method: String, _ path: String,
        _ answer: @escaping @Sendable (APIRequest) throws(APIError) -> Reply,
        _ operation: @autoclosure @escaping @Sendable () -> Operation? = nil
    ) {
        self.method = method
        self.path = path
        self.answer = answer
        self.operation = operation
    }

    /// The path's parts between slashes.
    var segments: [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }
}
