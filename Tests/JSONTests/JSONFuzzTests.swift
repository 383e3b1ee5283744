import Foundation
import JSON
import TestSupport
import Testing

/// Random documents and damaged ones, against Foundation's reader.
@Suite(.quiet) struct JSONFuzzTests {
    /// xorshift, so that a failure comes again.
    private struct Random: RandomNumberGenerator {
        var state: UInt64 = 88_172_645_463_325_252

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private func document(_ random: inout Random, depth: Int = 0) -> JSONValue {
        switch random.next() % (depth > 4 ? 5 : 7) {
        case 0: return .null
        case 1: return .bool(random.next() & 1 == 0)
        // Beyond 53 bits Foundation rounds some (RFC 8259 §6 warns of that).
        case 2: return .integer(Int64(bitPattern: random.next()) >> Int64(11 + random.next() % 50))
        case 3: return .number(Double(Int32(truncatingIfNeeded: random.next())) / 256 + 0.125)
        case 4:
            let scalars: [Character] = ["a", "\"", "\\", "\n", "é", "😀", "/", "\u{1}", " "]
            return .string(
                String(
                    (0..<random.next() % 8).map { _ in scalars.randomElement(using: &random) ?? "a"
                    }))
        case 5:
            return .array((0..<random.next() % 5).map { _ in document(&random, depth: depth + 1) })
        default:
            var object = JSONObject()
            for index in 0..<random.next() % 20 {
                object["k\(index)\(random.next() % 3)"] = document(&random, depth: depth + 1)
            }
            return .object(object)
        }
    }

    private func foundation(_ value: JSONValue) -> NSObject {
        switch value {
        case .null: NSNull()
        case .bool(let value): NSNumber(value: value)
        case .integer(let value): NSNumber(value: value)
        case .number(let value): NSNumber(value: value)
        case .string(let value): NSString(string: value)
        case .array(let values): NSArray(array: values.map(foundation))
        case .object(let object):
            NSDictionary(
                dictionary: Dictionary(
                    uniqueKeysWithValues: object.members.map { ($0.key, foundation($0.value)) }))
        }
    }

    @Test func `what is written reads back, and Foundation reads the same`() throws {
        var random = Random()
        for _ in 0..<5000 {
            let value = document(&random)
            let text = JSONValue.array([value])
            let bytes = text.bytes()
            #expect(try JSONReader.read(bytes).bytes() == bytes)
            let theirs = try JSONSerialization.jsonObject(with: Data(bytes)) as? NSObject
            #expect(
                theirs == NSArray(array: [foundation(value)]),
                "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func `no prefix of a document is one, and no damage traps`() {
        var random = Random()
        var damaged = 0
        while damaged < 20_000 {
            let bytes = JSONValue.array([document(&random), document(&random)]).bytes()
            if damaged % 50 == 0 {
                for end in 0..<min(bytes.count, 200) {
                    #expect(throws: JSONError.self) { try JSONReader.read(Array(bytes[..<end])) }
                }
            }
            for _ in 0..<50 {
                var copy = bytes
                for _ in 0...random.next() % 3 {
                    copy[Int(random.next() % UInt64(copy.count))] = UInt8(
                        truncatingIfNeeded: random.next())
                }
                _ = try? JSONReader.read(copy)
                _ = try? JSONReader.read(copy, dialect: .commented)
                _ = JSONScanner.string(at: "type", in: copy)
                damaged += 1
            }
        }
    }
}
