/// Reads the lines of `\dump_state` as far as they have come.
///
/// Protocol 0 (Hamlib up to 4.5.0): `0`, model, four limits. Protocol 1: `1`, model, `key=value`
/// lines up to `done`; unknown keys are skipped. Source: `declare_proto_rot(dump_state)` in
/// rotctl_parse.c.
struct RotctldStateLines {
    private let lines: [String]

    init(_ lines: [String]) {
        self.lines = lines
    }

    /// The whole state, or nil while lines are missing.
    func reply() throws(RotctldReplyError) -> RotctldReply? {
        guard let first = lines.first else { return nil }
        guard let version = Int(first), version >= 0 else { throw .unexpectedLine(first) }
        guard lines.count >= 2 else { return nil }
        guard let model = Int(lines[1]) else { throw .unexpectedLine(lines[1]) }
        return version == 0 ? try bareNumbers(model: model) : try pairs(model: model)
    }

    private func bareNumbers(model: Int) throws(RotctldReplyError) -> RotctldReply? {
        var numbers: [Double] = []
        for line in lines.dropFirst(2) {
            guard let number = RotctldNumber.parse(line) else { throw .unexpectedLine(line) }
            numbers.append(number)
        }
        guard numbers.count == 4 else { return nil }
        return .state(
            RotorCapabilities(
                model: model, azimuthDegrees: range(numbers[0], numbers[1]),
                elevationDegrees: range(numbers[2], numbers[3])))
    }

    private func pairs(model: Int) throws(RotctldReplyError) -> RotctldReply? {
        var values: [Substring: Substring] = [:]
        for line in lines.dropFirst(2) {
            if line == "done" { return .state(capabilities(model: model, values)) }
            guard let equals = line.firstIndex(of: "=") else { throw .unexpectedLine(line) }
            values[line[..<equals]] = line[line.index(after: equals)...]
        }
        return nil
    }

    private func capabilities(
        model: Int, _ values: [Substring: Substring]
    ) -> RotorCapabilities {
        func limits(_ low: Substring, _ high: Substring) -> ClosedRange<Double>? {
            guard let low = values[low].flatMap({ RotctldNumber.parse($0) }),
                let high = values[high].flatMap({ RotctldNumber.parse($0) })
            else { return nil }
            return range(low, high)
        }
        let axes: RotorCapabilities.Axes? = values["rot_type"].map { type in
            switch type {
            case "Az": .azimuth
            case "El": .elevation
            case "AzEl": .both
            default: .other
            }
        }
        return RotorCapabilities(
            model: model, azimuthDegrees: limits("min_az", "max_az"),
            elevationDegrees: limits("min_el", "max_el"), axes: axes,
            isSouthZero: values["south_zero"] == "1")
    }

    /// Nil for limits the wrong way round, which a mistaken configuration produces.
    private func range(_ low: Double, _ high: Double) -> ClosedRange<Double>? {
        low <= high ? low...high : nil
    }
}
