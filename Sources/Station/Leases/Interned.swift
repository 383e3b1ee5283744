/// Keeps equal values once, by a number each, for as long as somebody has the number.
struct Interned<Value: Hashable> {
    private var values: [(value: Value, users: Int)?] = []
    private var numbers: [Value: Int32] = [:]
    private var free: [Int32] = []

    /// How many different values there are.
    var count: Int { numbers.count }

    subscript(number: Int32) -> Value {
        guard let entry = values[Int(number)] else { preconditionFailure("nobody has it") }
        return entry.value
    }

    /// The value's number, which is to be given back.
    mutating func take(_ value: Value) -> Int32 {
        if let number = numbers[value] {
            values[Int(number)]?.users += 1
            return number
        }
        let number = free.popLast() ?? Int32(values.count)
        if Int(number) == values.count {
            values.append((value, 1))
        } else {
            values[Int(number)] = (value, 1)
        }
        numbers[value] = number
        return number
    }

    mutating func giveBack(_ number: Int32) {
        guard var entry = values[Int(number)] else { return }
        entry.users -= 1
        values[Int(number)] = entry.users > 0 ? entry : nil
        guard entry.users == 0 else { return }
        numbers[entry.value] = nil
        free.append(number)
    }
}
