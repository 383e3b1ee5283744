/// Header fields in their order; names are compared without regard to case (RFC 9110 §5.1).
package struct HTTPHeaders: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var fields: [Field]

    package init(_ fields: [(name: String, value: String)] = []) {
        self.fields = fields.map { Field(name: $0.name, value: $0.value) }
    }

    /// The value of the first field of that name.
    package subscript(name: String) -> String? {
        fields.first { $0.name.equalsIgnoringCase(name) }?.value
    }

    package mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Whether a comma-separated field holds a token, such as `Upgrade` in `Connection`.
    func contains(token: String, in name: String) -> Bool {
        fields.contains { field in
            field.name.equalsIgnoringCase(name)
                && field.value.split(separator: ",").contains { part in
                    String(part.filter { $0 != " " && $0 != "\t" }).equalsIgnoringCase(token)
                }
        }
    }
}

extension String {
    /// ASCII case folding, as header names need it.
    func equalsIgnoringCase(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        if self == other { return true }
        return zip(utf8, other.utf8).allSatisfy { one, two in
            one == two || (one ^ two == 0x20 && (0x61...0x7A).contains(one | 0x20))
        }
    }
}
