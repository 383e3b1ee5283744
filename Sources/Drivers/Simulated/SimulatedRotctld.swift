package import Engine

/// The answering side of rotctld's protocol in front of simulated mechanics, without a socket.
///
/// Understands the lines that `RotctldCommand` writes. Bytes in, bytes out: so whoever owns it
/// holds the very conversation that a real rotor has, and its faults are the real ones. It serves
/// one connection at a time. Times never go back.
package struct SimulatedRotctld: Sendable {
    package private(set) var mechanics: SimulatedRotorMechanics
    /// Every command but the greeting is refused with this error.
    package var rejectWith: RotctldError?
    /// Commands are obeyed, but their answers are lost.
    package var losesReplies = false
    /// What arrives is lost on the way, unread.
    package var isHalfOpen = false
    private var partial = PartialCommand()

    package init(mechanics: SimulatedRotorMechanics = SimulatedRotorMechanics()) {
        self.mechanics = mechanics
    }

    /// Takes the motors' power away, or gives it back; the way that was left is not resumed.
    package mutating func setStalled(_ stalled: Bool, at time: Instant) {
        mechanics.setStalled(stalled, at: time)
    }

    /// Changes what is wrong from now on, as far as the rotor and its rotctld have it in their
    /// hands: `replyDelay` and `disconnected` are for the owner, who carries the bytes.
    package mutating func setFaults(_ faults: SimulatedRotorFaults, at time: Instant) {
        rejectWith = faults.rejectWith
        losesReplies = faults.losesReplies
        isHalfOpen = faults.halfOpen
        mechanics.setStalled(faults.stalled, at: time)
        mechanics.setBacklash(degrees: faults.backlashDegrees, at: time)
        mechanics.setOvershoot(degrees: faults.overshootDegrees)
        mechanics.setAzimuthEndSwitches(faults.azimuthLimitHit, at: time)
    }

    /// A new connection: what an earlier one left half written is gone.
    package mutating func reset() {
        partial = PartialCommand()
    }

    /// Takes bytes, however they are cut; gives the answers to the lines that they complete.
    package mutating func receive(_ bytes: [UInt8], at time: Instant) -> [UInt8] {
        guard !isHalfOpen else { return [] }
        var answers = ""
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                partial.add(byte)
                continue
            }
            answers += answer(String(decoding: partial.take(), as: UTF8.self), at: time)
        }
        return losesReplies ? [] : Array(answers.utf8)
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
        let limits = [
            ("min_az", azimuth.lowerBound), ("max_az", azimuth.upperBound),
            ("min_el", elevation.lowerBound), ("max_el", elevation.upperBound),
        ].map { name, degrees in
            name + "=" + (FixedDecimals.text(degrees, decimals: 6) ?? "0.000000") + "\n"
        }
        return "1\n1\n" + limits.joined() + "south_zero=0\nrot_type=AzEl\ndone\n"
    }

    private func position(_ isExtended: Bool, at time: Instant) -> String {
        if let rejectWith {
            return (isExtended ? "get_pos:\n" : "") + "RPRT \(rejectWith.code)\n"
        }
        let position = mechanics.reportedPosition(at: time)
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
