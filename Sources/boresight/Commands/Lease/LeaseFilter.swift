import JSON

/// A condition on the device to lease as written: `platform=ios`, `os-version^=17`, `name*=Pixel`.
struct LeaseFilter: TextValue, Equatable {
    static let placeholder = "CONDITION"

    let attribute: String
    let comparison: String
    let value: String

    /// As written, and as the API has them.
    private static let attributes = [
        ("platform", "platform"), ("type", "type"), ("name", "name"), ("os-version", "osVersion"),
    ]
    /// Those of CSS, whose signs many know.
    private static let comparisons = [("^=", "STARTS_WITH"), ("*=", "CONTAINS"), ("=", "EQUALS")]

    init(text: String) throws(TextValueProblem) {
        let name = String(text.prefix { $0.isLetter || $0 == "-" || $0 == "_" })
        let rest = text.dropFirst(name.count)
        guard let (sign, comparison) = Self.comparisons.first(where: { rest.hasPrefix($0.0) })
        else {
            throw TextValueProblem(
                "is not a condition such as platform=ios, os-version^=17 or name*=Pixel")
        }
        let known = Self.attributes.map(\.0)
        guard let attribute = Self.attributes.first(where: { $0.0 == name })?.1 else {
            let meant = Suggestion.nearest(to: name, among: known)
            throw TextValueProblem(
                "is about none of " + known.joined(separator: ", ")
                    + (meant.map { "; did you mean \($0)?" } ?? ""))
        }
        (self.attribute, self.comparison) = (attribute, comparison)
        value = String(rest.dropFirst(sign.count))
    }

    var json: JSONValue {
        [
            "attribute": .string(attribute), "operator": .string(comparison),
            "value": .string(value),
        ]
    }
}
