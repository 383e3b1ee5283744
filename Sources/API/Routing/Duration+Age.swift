import Engine
import JSON

extension Duration {
    /// As an age is written: seconds, to the tenth.
    var age: JSONValue { .number(Double(nanoseconds / 100_000_000) / 10) }
}
