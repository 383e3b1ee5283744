/// How log lines look.
enum LogFormat: String, TextChoice {
    /// For people: `time level component message key=value …`.
    case text
    /// One JSON object a line, with the same names.
    case json
}
