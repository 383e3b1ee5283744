import JSON

extension Dialect {
    /// What the body of an error is like.
    func schema(_ status: Int) -> Schema {
        switch self {
        case .detail: status == 400 ? .oneOf(.detail, .fieldErrors) : .detail
        case .codeAndMessage: .codeAndMessage
        case .error: .object(.required("error", .text)).named("Error")
        case .problem: .problem
        }
    }
}

extension Schema {
    fileprivate static let detail = object(.required("detail", .text)).named("Detail")

    fileprivate static let fieldErrors = map(of: .list(of: .text))
        .described("What is wrong with which member.").named("FieldErrors")

    fileprivate static let codeAndMessage = object(
        .required(
            "error",
            .object(
                .required("code", .text, "For programs, such as `not_found`."),
                .required("message", .text, "For people."))),
        .optional("owner", .uuid, "With `device_unavailable`: who has the device."),
        .optional("since", .time, "With `device_unavailable`: since when.")
    ).named("Error")

    fileprivate static let problem = object(
        .required("type", .text), .required("title", .text), .required("status", .integer),
        .required("detail", .text, "For people."),
        .required("code", .text, "For programs, such as `not_found`.")
    ).described("RFC 9457.").named("Problem")
}
