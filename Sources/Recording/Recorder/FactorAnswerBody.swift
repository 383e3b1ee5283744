import JSON

/// An answer that may tell somebody a new second factor.
///
/// A replay gives the same answer with the pseudonyms that it has heard. Only the picture is left
/// out of both: it shows the secret in a way that no pseudonym can be put into.
enum FactorAnswerBody {
    /// Names without underscores, in small letters.
    private static let pictures: Set = ["qrsvg"]
    private static let addresses: Set = ["otpauthurl"]
    private static let secrets: Set = [
        "secret", "recoverycodes", "recoverycode", "totpcode",
    ]
    private static let omitted = JSONValue.string("a picture that shows a secret")

    static func mayBe(_ bytes: [UInt8]) -> Bool { FactorWords.stand(in: bytes) }

    static func written(_ bytes: [UInt8], _ redaction: Redaction?) -> [UInt8] {
        guard let value = try? JSONReader.read(bytes) else {
            return redaction?.text(bytes) ?? bytes
        }
        let new = replaced(value, redaction)
        return new == value ? bytes : new.bytes()
    }

    private static func replaced(_ value: JSONValue, _ redaction: Redaction?) -> JSONValue {
        switch value {
        case .array(let values): .array(values.map { replaced($0, redaction) })
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map {
                        JSONObject.Member(
                            key: redaction?.text($0.key) ?? $0.key,
                            value: member($0.key, $0.value, redaction))
                    }))
        case .string(let text): .string(redaction?.text(text) ?? text)
        case .null, .bool, .integer, .number: value
        }
    }

    private static func member(
        _ key: String, _ value: JSONValue, _ redaction: Redaction?
    ) -> JSONValue {
        let name = key.filter { $0 != "_" }.lowercased()
        if pictures.contains(name) { return value == .null ? .null : omitted }
        guard let redaction else { return replaced(value, redaction) }
        if addresses.contains(name), case .string(let url) = value {
            return .string(redaction.address(url))
        }
        guard secrets.contains(name) else { return replaced(value, redaction) }
        // One that is a token stays the same token everywhere.
        if case .string = value { return redaction.key(value) }
        return redaction.hidden(value)
    }
}

extension Redaction {
    /// The address of a second factor (`otpauth://…`) with its parameter `secret` replaced.
    fileprivate func address(_ url: String) -> String {
        url.split(separator: "&", omittingEmptySubsequences: false).map { part in
            guard let name = part.firstRange(of: "secret=") else { return String(part) }
            return part[..<name.upperBound] + password(String(part[name.upperBound...]))
        }.joined(separator: "&")
    }
}

/// What such an answer cannot be without; found without looking at most of any other
/// (R. N. Horspool, «Practical fast searching in strings», 1980).
private enum FactorWords {
    private static let words = ["secret", "otpauth", "recover", "qr_svg", "qrSvg"]
        .map { Array($0.utf8) }
    /// As many bytes as the shortest has.
    private static let window = 5

    static func stand(in bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var last = window - 1
            while last < bytes.count {
                let shift = shifts[Int(bytes[last])]
                let start = last - window + 1
                if shift == 0, words.contains(where: { bytes[start...].starts(with: $0) }) {
                    return true
                }
                last += max(1, shift)
            }
            return false
        }
    }

    /// How far the window goes on when this byte is its last.
    private static let shifts: [Int] = (0...255).map { byte in
        words.map { word in
            let place = word.prefix(window).lastIndex(of: UInt8(byte))
            return place.map { window - 1 - $0 } ?? window
        }.min() ?? window
    }
}
