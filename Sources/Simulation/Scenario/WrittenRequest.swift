import Engine
import JSON
import Transport

/// A call of the API by a person of the scenario.
package struct WrittenRequest: Sendable, Equatable {
    package var method: String
    /// In path and body `<name>` stands for what was kept under that name.
    package var path: String
    package var body: String?
    /// The name under which the caller's token was kept; nil for the administrator.
    package var caller: String?
    /// The status that the answer must have.
    package var expected: Int?
    /// What the answer's body must have in it.
    package var says: String?
    /// What is kept of the answer: a name, and the member of the answer that it stands for.
    package var keeps: [Keep] = []

    package struct Keep: Sendable, Equatable {
        package let name: String
        package let member: String
    }
}

extension WrittenRequest {
    /// Whether an answer is what the scenario expects.
    func accepts(_ response: HTTPResponse) -> Bool {
        (expected.map { $0 == response.status } ?? true)
            && (says.map { String(decoding: response.body, as: UTF8.self).contains($0) } ?? true)
    }
}

/// What people know: ids and tokens that the station has told them, by name.
struct KeptNames {
    private var values: [String: String] = [:]

    subscript(name: String) -> String? { values[name] }

    mutating func keep(_ wanted: [WrittenRequest.Keep], of body: [UInt8]) {
        guard !wanted.isEmpty, let answer = (try? JSONReader.read(body))?.objectValue else {
            return
        }
        for keep in wanted {
            let member = answer[keep.member]
            let text = member?.stringValue ?? member?.integerValue.map { "\($0)" }
            if let text { values[keep.name] = text }
        }
    }

    mutating func keep(_ text: String, as name: String) {
        values[name] = text
    }

    /// The text with every `<name>` that is known put in.
    func filled(_ text: String) -> String {
        var filled = text
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            filled = filled.replacing("<\(name)>", with: value)
        }
        return filled
    }
}
