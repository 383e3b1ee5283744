import TestSupport
import Drivers
import Engine
import Foundation
import Synchronization

/// A rotor on a pseudo-terminal that speaks EasyComm II, as Hamlib's model 202 drives it.
///
/// Both of Hamlib's questions are answered: `AZ EL` in one line (up to 4.5), or one axis at a time.
final class EasyCommRotor: Sendable {
    private struct State {
        var mechanics = SimulatedRotorMechanics(
            azimuth: SimulatedAxis(limitsDegrees: 0...360, rateDegreesPerSecond: 6),
            elevation: SimulatedAxis(limitsDegrees: 0...180, rateDegreesPerSecond: 6))
        var isSilent = false
        var isEnded = false
    }

    let terminal: PseudoTerminal
    private let started = ContinuousClock.now
    private let state = Mutex(State())

    init() throws {
        terminal = try PseudoTerminal()
        Thread.detachNewThread { [weak self] in
            var partial: [UInt8] = []
            while let rotor = self, rotor.serve(&partial) {
                Thread.sleep(forTimeInterval: 0.002)
            }
        }
    }

    func setSilent(_ isSilent: Bool) { state.withLock { $0.isSilent = isSilent } }

    func end() { state.withLock { $0.isEnded = true } }

    private var now: Instant {
        Instant.start.advanced(by: ContinuousClock.now - started)
    }

    private func serve(_ partial: inout [UInt8]) -> Bool {
        let time = now
        for byte in terminal.read() {
            guard byte == UInt8(ascii: "\n") else {
                partial.append(byte)
                continue
            }
            let line = String(decoding: partial, as: UTF8.self)
            partial = []
            let answer = state.withLock { $0.isSilent ? "" : Self.answer(line, &$0, at: time) }
            if !answer.isEmpty { terminal.write(answer) }
        }
        return state.withLock { !$0.isEnded }
    }

    private static func answer(_ line: String, _ state: inout State, at time: Instant) -> String {
        let position = state.mechanics.reportedPosition(at: time)
        let words = line.split { " \r".contains($0) }
        let azimuth = String(format: "%.1f", position.azimuthDegrees)
        let elevation = String(format: "%.1f", position.elevationDegrees)
        switch words {
        case ["AZ", "EL"]: return "AZ\(azimuth) EL\(elevation)\n"
        case ["AZ"]: return "AZ\(azimuth)\n"
        case ["EL"]: return "EL\(elevation)\n"
        case ["SA", "SE"]: try? state.mechanics.obey(.stop, at: time)
        case ["PARK"]: try? state.mechanics.obey(.park, at: time)
        default:
            guard words.count == 2, let azimuth = Double(words[0].dropFirst(2)),
                let elevation = Double(words[1].dropFirst(2))
            else { return "" }
            try? state.mechanics.obey(
                .point(azimuthDegrees: azimuth, elevationDegrees: elevation), at: time)
        }
        return ""
    }
}
