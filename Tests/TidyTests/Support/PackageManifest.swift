/// The targets of Package.swift with the targets that each one names.
struct PackageManifest: Sendable {
    struct Target: Equatable, Sendable {
        let name: String
        let dependencies: [String]
        let isTest: Bool
    }

    let targets: [Target]

    /// Reads the calls `module`, `tests`, `system`, `.target`, `.executableTarget`.
    ///
    /// Reads text and runs nothing: SwiftPM cannot be asked while it runs the tests.
    init(_ file: SourceFile) {
        let code = zip(file.lines, file.code).map { line, code in
            // Names are strings, so comments go and strings stay: cut at the code's end.
            code.allSatisfy { $0 == " " } ? "" : line
        }.joined(separator: "\n")
        var targets: [Target] = []
        var rest = code[...]
        if let start = rest.firstRange(of: "targets: [\n")?.upperBound { rest = rest[start...] }
        while let call = Self.nextCall(in: &rest) {
            let strings = Self.strings(call.arguments)
            guard let name = strings.first else { continue }
            switch call.name {
            case "module":
                targets.append(
                    Target(name: name, dependencies: Self.firstList(call.arguments), isTest: false))
            case "tests":
                let dependencies = Self.firstList(call.arguments) + ["TestSupport"]
                targets.append(
                    Target(name: name + "Tests", dependencies: dependencies, isTest: true))
            case "system":
                targets.append(Target(name: name, dependencies: [], isTest: false))
            default:
                targets.append(
                    Target(name: name, dependencies: Self.firstList(call.arguments), isTest: false))
            }
        }
        self.targets = targets
    }

    private static let callNames = [
        "module(", "tests(", "system(", ".target(", ".executableTarget(",
    ]

    /// Takes the next call of one of the names, up to its closing parenthesis.
    private static func nextCall(
        in rest: inout Substring
    ) -> (name: String, arguments: Substring)? {
        let found = callNames.compactMap { name in
            rest.firstRange(of: name).map { (name, $0) }
        }.min { $0.1.lowerBound < $1.1.lowerBound }
        guard let (name, range) = found else { return nil }
        var depth = 1
        var end = range.upperBound
        while end < rest.endIndex, depth > 0 {
            if rest[end] == "(" { depth += 1 }
            if rest[end] == ")" { depth -= 1 }
            end = rest.index(after: end)
        }
        let arguments = rest[range.upperBound..<end]
        rest = rest[end...]
        return (String(name.drop { $0 == "." }.dropLast()), arguments)
    }

    /// The strings of the first `[…]`.
    private static func firstList(_ arguments: Substring) -> [String] {
        guard let start = arguments.firstIndex(of: "["),
            let end = arguments[start...].firstIndex(of: "]")
        else { return [] }
        return strings(arguments[start..<end])
    }

    private static func strings(_ text: Substring) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
