/// An answer with stand-ins for what another run has otherwise, so that the rest can be compared to
/// the last byte.
enum AnswerForm {
    /// - Parameter text: the answer; `{uuid}`, `{ms}`, `{us}`, `{token}` and `{jwt}` come into it.
    static func of(_ text: String) -> String {
        text
            .replacing(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) {
                _ in "{uuid}"
            }
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) { _ in "{ms}" }
            // A time that falls on a second's beginning has no microseconds.
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z/) { _ in "{us}" }
            .replacing(/"[A-Za-z0-9_-]{43}"/) { _ in #""{token}""# }
            .replacing(/"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}"/) { _ in
                #""{jwt}""#
            }
    }
}
