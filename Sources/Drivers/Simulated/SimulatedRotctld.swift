import Engine

/// The answering side of rotctld's protocol in front of simulated mechanics, without a socket.
///
/// Understands the lines that `RotctldCommand` writes. Bytes in, bytes out: so a simulated rotor
/// runs the very conversation that a real one does, and its faults are the real ones.
struct SimulatedRotctld {
    private(set) var mechanics: SimulatedRotorMechanics
    /// Every command but the greeting is refused with this error.
    var rejectWith: RotctldError?
    private var partial: [UInt8] = []

    init(mechanics: SimulatedRotorMechanics) {
        self.mechanics = mechanics
    }

    mutating func setStalled(_ stalled: Bool, at time: Instant) {
        mechanics.setStalled(stalled, at: time)
    }

    /// A new connection: what an earlier one left half written is gone.
    mutating func reset() {
        partial = []
    }

    /// Takes bytes; gives the answers to the lines that they complete.
    mutating func receive(_ bytes: [UInt8], at time: Instant) -> [UInt8] {
        var answers = ""
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                partial.append(byte)
                continue
            }
            answers += answer(String(decoding: partial, as: UTF8.self), at: time)
            partial.removeAll(keepingCapacity: true)
        }
        return Array(answers.utf8)
    }

    private mutating func answer(_ line: String, at time: Instant) -> String {
        let isExtended = line.hasPrefix("+")
        let words = line.drop { $0 == "+" }.split(separator: " ")
        switch words.first {
        case "\\dump_state": return state
        case "\\get_pos", "p": return position(isExtended, at: time)
        case "\\set_pos", "P":
            let angles = words.dropFirst().compactMap { RotctldNumber.parse($0) }
            guard angles.count == 2, words.count == 3 else { return "RPRT -1\n" }
            let echo = "set_pos: " + words.dropFirst().joined(separator: " ")
            return obey(
                .point(azimuthDegrees: angles[0], elevationDegrees: angles[1]),
                echo: isExtended ? echo : nil, at: time)
        case "\\stop", "S": return obey(.stop, echo: isExtended ? "stop:" : nil, at: time)
        case "\\park", "K": return obey(.park, echo: isExtended ? "park:" : nil, at: time)
        default: return ""
        }
    }

    private var state: String {
        let azimuth = mechanics.azimuth.limitsDegrees
        let elevation = mechanics.elevation.limitsDegrees
        return "1\n1\nmin_az=\(azimuth.lowerBound)\nmax_az=\(azimuth.upperBound)\n"
            + "min_el=\(elevation.lowerBound)\nmax_el=\(elevation.upperBound)\n"
            + "south_zero=0\nrot_type=AzEl\ndone\n"
    }

    private func position(_ isExtended: Bool, at time: Instant) -> String {
        if let rejectWith { return "RPRT \(rejectWith.code)\n" }
        let position = mechanics.position(at: time)
        let azimuth = TwoDecimals.text(position.azimuthDegrees)
        let elevation = TwoDecimals.text(position.elevationDegrees)
        return isExtended
            ? "get_pos:\nAzimuth: \(azimuth)\nElevation: \(elevation)\nRPRT 0\n"
            : "\(azimuth)\n\(elevation)\n"
    }

    private mutating func obey(
        _ command: RotorCommand, echo: String?, at time: Instant
    ) -> String {
        var code = 0
        if let rejectWith {
            code = rejectWith.code
        } else {
            do throws(RotctldError) {
                try mechanics.obey(command, at: time)
            } catch {
                code = error.code
            }
        }
        return (echo.map { $0 + "\n" } ?? "") + "RPRT \(code)\n"
    }
}
