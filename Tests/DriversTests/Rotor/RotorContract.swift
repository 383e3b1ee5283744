import Drivers
import Testing

/// What every rotor driver does, whatever is behind it. The rotor stands at 0, 0 within
/// −180…450 or 0…360 and 0…90 or more, turns at about 6 degrees a second and is reachable.
struct RotorContract {
    let rotor: RotorUnderTest

    private func point(_ azimuth: Double, _ elevation: Double) -> RotorCommand {
        .point(azimuthDegrees: azimuth, elevationDegrees: elevation)
    }

    private func isFinished(_ command: RotorCommand) -> ([RotorEvent]) -> Bool {
        { events in events.contains { $0.finished?.command == command } }
    }

    private func outcome(of command: RotorCommand) -> RotorError?? {
        rotor.events.compactMap(\.finished).first { $0.command == command }.map(\.error)
    }

    func holds() async throws {
        #expect(await rotor.becomesReady(), "\(rotor.events)")
        saysWhatItCanDo()
        await turnsToAPosition()
        await newestPositionWins()
        await stopOvertakesAndStops()
        await refusesWhatIsOutOfReach()
        await parks()
        await everyCommandIsFinishedOnce()
    }

    private func saysWhatItCanDo() {
        let ranges = rotor.events.compactMap { event -> ClosedRange<Double>? in
            if case .capabilities(let known) = event { known.azimuthDegrees } else { nil }
        }
        #expect(ranges.first.map { $0.contains(0) && $0.contains(350) } == true)
        #expect(rotor.events.first?.condition == .connecting)
    }

    private func turnsToAPosition() async {
        rotor.submit(point(9, 6))
        let arrived = await rotor.wait { events in
            guard let position = events.last(where: { $0.position != nil })?.position else {
                return false
            }
            return abs(position.azimuth - 9) <= 0.6 && abs(position.elevation - 6) <= 0.6
        }
        #expect(arrived, "\(rotor.events.suffix(5))")
        #expect(outcome(of: point(9, 6)) == .some(nil))
    }

    private func newestPositionWins() async {
        rotor.forget()
        rotor.submit(point(10, 6), point(11, 6), point(12, 6))
        #expect(await rotor.wait(until: isFinished(point(12, 6))))
        #expect(outcome(of: point(11, 6)) == .some(.superseded))
        #expect(outcome(of: point(12, 6)) == .some(nil))
    }

    private func stopOvertakesAndStops() async {
        rotor.forget()
        rotor.submit(point(150, 6), point(160, 6), .stop)
        #expect(await rotor.wait(until: isFinished(.stop)))
        #expect(outcome(of: point(160, 6)) == .some(.superseded))
        #expect(outcome(of: .stop) == .some(nil))
        rotor.forget()
        let stands = await rotor.wait { events in
            let positions = events.compactMap(\.position)
            guard positions.count >= 4, let last = positions.last else { return false }
            return positions.suffix(3).allSatisfy { abs($0.azimuth - last.azimuth) < 0.01 }
        }
        #expect(stands)
        let azimuth = rotor.events.compactMap(\.position).last?.azimuth ?? .nan
        #expect(azimuth < 60)
    }

    private func refusesWhatIsOutOfReach() async {
        rotor.forget()
        rotor.submit(point(1000, 5), .point(azimuthDegrees: .nan, elevationDegrees: 0))
        #expect(await rotor.wait(until: isFinished(point(1000, 5))))
        // Hamlib 4.5 says -1 and 4.6 says -21.
        let outcome = outcome(of: point(1000, 5))
        #expect(
            outcome == .some(.refused(.invalidParameter))
                || outcome == .some(.refused(.limitExceeded)))
        let invalid = rotor.events.compactMap(\.finished).filter { $0.error == .invalidAngle }
        #expect(invalid.count == 1)
        #expect(!rotor.events.contains { $0.isState })
    }

    private func parks() async {
        rotor.forget()
        rotor.submit(.park)
        #expect(await rotor.wait(until: isFinished(.park)))
        #expect(outcome(of: .park) == .some(nil))
        let isHome = await rotor.wait { events in
            guard let position = events.last(where: { $0.position != nil })?.position else {
                return false
            }
            return abs(position.azimuth) < 0.6 && abs(position.elevation) < 0.6
        }
        #expect(isHome)
    }

    private func everyCommandIsFinishedOnce() async {
        rotor.forget()
        let commands = (1...20).map { point(Double($0) / 10, 1) }
        for command in commands { rotor.submit(command) }
        #expect(await rotor.wait(until: isFinished(commands[19])))
        let finished = rotor.events.compactMap(\.finished)
        for command in commands {
            #expect(finished.filter { $0.command == command }.count == 1, "\(command)")
        }
    }
}
