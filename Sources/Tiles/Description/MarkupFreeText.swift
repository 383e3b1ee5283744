/// Text out of a file that may hold markup: a page may show it, wherever the file came from.
enum MarkupFreeText {
    /// The text of HTML without its tags, in one line and not longer than that.
    static func text(_ html: String, most: Int) -> String {
        var text = ""
        var entity: String?
        var isInTag = false
        for character in html.prefix(most * 8) {
            if isInTag {
                isInTag = character != ">"
            } else if character == "<" {
                text += entity.map { "&" + $0 } ?? ""
                entity = nil
                isInTag = true
            } else if character == "&" {
                text += entity.map { "&" + $0 } ?? ""
                entity = ""
            } else if let name = entity {
                if character == ";" {
                    text += self.character(name) ?? "&\(name);"
                    entity = nil
                } else if name.count < 8,
                    character.isLetter || character.isNumber
                        || character == "#"
                {
                    entity = name + String(character)
                } else {
                    text += "&" + name + String(character)
                    entity = nil
                }
            } else {
                text.append(character)
            }
        }
        text += entity.map { "&" + $0 } ?? ""
        return oneLine(text, most: most)
    }

    private static func oneLine(_ text: String, most: Int) -> String {
        let printable = text.unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
                .unassigned:
                " "
            default: Character(scalar)
            }
        }
        let words = printable.split { $0 == " " || $0 == "\u{A0}" }.map { String($0) }
        return String(words.joined(separator: " ").prefix(most))
    }

    private static func character(_ entity: String) -> String? {
        switch entity {
        case "copy": return "©"
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case "nbsp": return " "
        default: break
        }
        guard entity.hasPrefix("#") else { return nil }
        let digits = entity.dropFirst()
        let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
        let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
}
