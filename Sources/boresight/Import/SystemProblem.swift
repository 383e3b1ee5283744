import Glibc

/// What the system refused, with its reason.
struct SystemProblem: Error {
    let description: String

    /// Takes the reason from `errno`.
    init(_ what: String, code: Int32 = errno) {
        description = what + ": " + String(cString: strerror(code))
    }
}
