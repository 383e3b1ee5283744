/// How long files, lines and functions may be.
enum Sizes {
    static let linesOfFile = 500
    static let charactersOfLine = 100
    static let linesOfFunction = 70

    static func findings(in file: SourceFile) -> [Finding] {
        var findings: [Finding] = []
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        if count > linesOfFile {
            findings.append(
                file.finding(linesOfFile, "\(count) lines are more than \(linesOfFile)"))
        }
        for index in file.lines.indices where width(of: index, in: file) > charactersOfLine {
            findings.append(
                file.finding(index, "\(file.lines[index].count) characters are too many"))
        }
        for function in functions(of: file) where function.lines > linesOfFunction {
            findings.append(
                file.finding(
                    function.start,
                    "\(function.name) has \(function.lines) lines, more than \(linesOfFunction)"))
        }
        return findings
    }

    /// The line's characters; in tests, recorded texts stay in one piece and do not count.
    private static func width(of index: Int, in file: SourceFile) -> Int {
        let line = file.lines[index]
        guard file.path.hasPrefix("Tests/"), line.contains("\"") else { return line.count }
        return file.code[index].split { $0 == " " }.joined(separator: " ").count
    }

    struct Function: Equatable {
        let name: String
        /// Index of the line that has the keyword.
        let start: Int
        /// From that line to the one with the closing brace.
        let lines: Int
    }

    /// Every function, initialiser and subscript that has a body.
    static func functions(of file: SourceFile) -> [Function] {
        var functions: [Function] = []
        for (index, line) in file.code.enumerated() {
            for name in declarations(in: line) {
                guard let end = endOfBody(from: index, after: name, in: file.code) else { continue }
                functions.append(
                    Function(name: String(name), start: index, lines: end - index + 1))
            }
        }
        return functions
    }

    private static func declarations(in line: String) -> [Substring] {
        let words = line.split(separator: " ")
        return words.indices.compactMap { position in
            let word = words[position]
            if word == "func", position + 1 < words.count {
                return words[position + 1].prefix { $0 != "(" && $0 != "<" }
            }
            let isCallLike = ["init(", "init<", "init?(", "subscript(", "subscript<"].contains {
                word.hasPrefix($0)
            }
            return isCallLike || word == "deinit" ? word.prefix { $0 != "(" } : nil
        }
    }

    /// The line of the closing brace, or nil for a requirement without a body.
    private static func endOfBody(
        from start: Int, after name: Substring, in code: [String]
    ) -> Int? {
        var parentheses = 0
        var braces = 0
        for index in start..<code.count {
            var line = code[index][...]
            if index == start, let range = line.firstRange(of: name) {
                line = line[range.upperBound...]
            }
            for character in line {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                case "{" where parentheses == 0 || braces > 0: braces += 1
                case "}" where braces > 0:
                    braces -= 1
                    if braces == 0 { return index }
                case "}" where parentheses == 0: return nil
                default: break
                }
            }
            if braces == 0, parentheses == 0, !continues(code, after: index) { return nil }
        }
        return nil
    }

    /// Whether a signature without its brace yet goes on in the next line.
    private static func continues(_ code: [String], after index: Int) -> Bool {
        guard index + 1 < code.count else { return false }
        let next = code[index + 1].drop { $0 == " " }
        return next.hasPrefix("{") || next.hasPrefix("->") || next.hasPrefix("where")
            || next.hasPrefix(")") || next.hasPrefix("throws") || next.hasPrefix("async")
            || code[index].hasSuffix("->") || code[index].hasSuffix(",")
            || code[index].hasSuffix("where")
    }
}
