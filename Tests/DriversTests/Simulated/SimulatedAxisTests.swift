import Drivers
import Engine
import Testing

@Suite struct SimulatedAxisTests {
    private func at(_ seconds: Double) -> Instant {
        Instant(nanoseconds: Int64(seconds * 1e9))
    }

    @Test func `an axis without inertia turns at its rate and stands on its target`() {
        var axis = SimulatedAxis(limitsDegrees: -180...450, rateDegreesPerSecond: 6)
        axis.move(to: -30, at: at(10))
        #expect(axis.positionDegrees(at: at(12)) == -12)
        #expect(axis.isMoving(at: at(14.9)))
        #expect(!axis.isMoving(at: at(15)))
        #expect(axis.positionDegrees(at: at(1000)) == -30)
    }

    @Test func `a new target and a stop begin where the axis is`() {
        var axis = SimulatedAxis(limitsDegrees: 0...360, rateDegreesPerSecond: 5)
        axis.move(to: 100, at: at(0))
        axis.move(to: 0, at: at(10))
        #expect(axis.positionDegrees(at: at(14)) == 30)
        axis.stop(at: at(14))
        #expect(axis.positionDegrees(at: at(99)) == 30)
    }

    @Test func `with inertia it speeds up, cruises and slows down`() {
        var axis = SimulatedAxis(
            limitsDegrees: 0...360, rateDegreesPerSecond: 4,
            accelerationDegreesPerSecondSquared: 2)
        axis.move(to: 40, at: at(0))
        // 2 s to full speed (4°), 8 s of 4°/s (32°), 2 s to rest (4°).
        #expect(abs(axis.positionDegrees(at: at(2)) - 4) < 1e-9)
        #expect(abs(axis.positionDegrees(at: at(6)) - 20) < 1e-9)
        #expect(abs(axis.positionDegrees(at: at(11)) - 39) < 1e-9)
        #expect(axis.positionDegrees(at: at(12.001)) == 40)
        #expect(axis.isMoving(at: at(11.9)))
    }

    @Test func `with inertia a stop needs its way, and a short move never reaches full speed`() {
        var axis = SimulatedAxis(
            limitsDegrees: 0...360, rateDegreesPerSecond: 4,
            accelerationDegreesPerSecondSquared: 2)
        axis.move(to: 100, at: at(0))
        axis.stop(at: at(4))
        #expect(abs(axis.positionDegrees(at: at(10)) - 16) < 1e-9)
        axis.move(to: 18, at: at(10))
        #expect(abs(axis.positionDegrees(at: at(11)) - 17) < 1e-9)
        #expect(axis.positionDegrees(at: at(12.001)) == 18)
    }

    @Test func `random commands never break limits, rate or continuity, and end on target`() {
        for seed in 0..<200 {
            var random = SeededRandom(seed: UInt64(seed), purpose: "axis")
            let inertia: Double? = seed % 3 == 0 ? nil : 0.5 + 4 * random.unit()
            var axis = SimulatedAxis(
                limitsDegrees: -90...270, rateDegreesPerSecond: 3,
                accelerationDegreesPerSecondSquared: inertia, positionDegrees: 10)
            var time = 0.0
            var last = axis.positionDegrees(at: at(0))
            var target = last
            for _ in 0..<30 {
                target = -90 + 360 * random.unit()
                if random.unit() < 0.2 { axis.stop(at: at(time)) }
                axis.move(to: target, at: at(time))
                let until = time + 20 * random.unit()
                while time < until {
                    time += 0.05
                    let position = axis.positionDegrees(at: at(time))
                    #expect((-90...270).contains(position))
                    #expect(abs(position - last) <= 3 * 0.0501, "seed \(seed)")
                    last = position
                }
            }
            #expect(axis.positionDegrees(at: at(time + 1000)) == target)
        }
    }

    // MARK: Faults

    @Test func `after a change of direction the antenna waits for the play to run out`() {
        var axis = SimulatedAxis(limitsDegrees: 0...360, rateDegreesPerSecond: 5)
        axis.setBacklash(degrees: 4, at: at(0))
        axis.move(to: 100, at: at(0))
        #expect(axis.antennaDegrees(at: at(0.2)) == 0)
        #expect(axis.antennaDegrees(at: at(10)) == 48)
        #expect(axis.antennaDegrees(at: at(30)) == 98)
        axis.move(to: 50, at: at(30))
        #expect(axis.antennaDegrees(at: at(30.8)) == 98)
        #expect(axis.antennaDegrees(at: at(32)) == 92)
        #expect(axis.positionDegrees(at: at(32)) == 90)
        #expect(axis.antennaDegrees(at: at(50)) == 52)
        // A new command in the same direction does not loosen it.
        axis.move(to: 40, at: at(50))
        #expect(axis.antennaDegrees(at: at(60)) == 42)
        axis.setBacklash(degrees: 0, at: at(60))
        #expect(axis.antennaDegrees(at: at(60)) == 40)
    }

    @Test func `play that comes in mid-turn does not hold the motor up`() {
        var axis = SimulatedAxis(limitsDegrees: 0...360, rateDegreesPerSecond: 5)
        axis.move(to: 100, at: at(0))
        axis.setBacklash(degrees: 6, at: at(10))
        #expect(axis.antennaDegrees(at: at(10)) == 50)
        #expect(axis.positionDegrees(at: at(12)) == 60)
        #expect(axis.antennaDegrees(at: at(12)) == 57)
        #expect(axis.positionDegrees(at: at(20)) == 100)
    }

    @Test(arguments: [nil, 2.0])
    func `an axis that overshoots runs past and comes back`(inertia: Double?) {
        var axis = SimulatedAxis(
            limitsDegrees: 0...360, rateDegreesPerSecond: 4,
            accelerationDegreesPerSecondSquared: inertia)
        axis.overshootDegrees = 3
        axis.move(to: 40, at: at(0))
        let way = (0...1600).map { axis.positionDegrees(at: at(Double($0) / 100)) }
        #expect(abs((way.max() ?? 0) - 43) < 0.05)
        #expect(way.last == 40)
        axis.move(to: 20, at: at(100))
        let back = (0...1500).map { axis.positionDegrees(at: at(100 + Double($0) / 100)) }
        #expect(abs((back.min() ?? 0) - 17) < 0.05)
        #expect(back.last == 20)
        // Where it stands already there is nothing to run past.
        axis.move(to: 20, at: at(200))
        #expect(!axis.isMoving(at: at(200)))
    }

    @Test func `an axis does not overshoot its limits`() {
        var axis = SimulatedAxis(limitsDegrees: 0...90, rateDegreesPerSecond: 4)
        axis.overshootDegrees = 3
        axis.move(to: 88, at: at(0))
        #expect(axis.positionDegrees(at: at(22.5)) == 90)
        axis.move(to: 90, at: at(100))
        axis.move(to: 0, at: at(200))
        let way = (0...3000).map { axis.positionDegrees(at: at(200 + Double($0) / 100)) }
        #expect(way.allSatisfy { (0...90).contains($0) })
        #expect(way.last == 0)
    }

    @Test func `an end switch stops the axis on its way, and does not send it on`() {
        var axis = SimulatedAxis(limitsDegrees: -180...450, rateDegreesPerSecond: 6)
        axis.move(to: 300, at: at(0))
        axis.setEndSwitches(-10...120, at: at(10))
        #expect(axis.positionDegrees(at: at(60)) == 120)
        #expect(!axis.isMoving(at: at(21)))
        axis.move(to: -100, at: at(60))
        #expect(axis.positionDegrees(at: at(200)) == -10)
        axis.setEndSwitches(nil, at: at(200))
        #expect(axis.positionDegrees(at: at(400)) == -10)
        axis.move(to: -100, at: at(400))
        #expect(axis.positionDegrees(at: at(500)) == -100)
    }

    @Test func `an axis beyond an end switch can only turn back`() {
        var axis = SimulatedAxis(
            limitsDegrees: -180...450, rateDegreesPerSecond: 6, positionDegrees: 200)
        axis.setEndSwitches(0...90, at: at(0))
        axis.move(to: 300, at: at(0))
        #expect(axis.positionDegrees(at: at(50)) == 200)
        axis.move(to: 150, at: at(50))
        #expect(axis.positionDegrees(at: at(100)) == 150)
        axis.move(to: 180, at: at(100))
        #expect(axis.positionDegrees(at: at(150)) == 150)
        axis.move(to: 30, at: at(150))
        axis.move(to: 180, at: at(200))
        #expect(axis.positionDegrees(at: at(300)) == 90)
    }

    @Test func `random commands and faults keep to limits, switches, rate and play`() {
        for seed in 0..<200 {
            var random = SeededRandom(seed: UInt64(seed), purpose: "worn axis")
            var axis = SimulatedAxis(
                limitsDegrees: -90...270, rateDegreesPerSecond: 3,
                accelerationDegreesPerSecondSquared: seed % 3 == 0 ? nil : 0.5 + 4 * random.unit())
            let play = 5 * random.unit()
            let switches = (-80 * random.unit())...(10 + 200 * random.unit())
            axis.setBacklash(degrees: play, at: at(0))
            axis.setEndSwitches(switches, at: at(0))
            axis.overshootDegrees = 4 * random.unit()
            var (time, last, lastAntenna, target) = (0.0, 0.0, 0.0, 0.0)
            for _ in 0..<30 {
                target = -90 + 360 * random.unit()
                if random.unit() < 0.2 { axis.stop(at: at(time)) }
                axis.move(to: target, at: at(time))
                let until = time + 20 * random.unit()
                while time < until {
                    time += 0.05
                    let motor = axis.positionDegrees(at: at(time))
                    let antenna = axis.antennaDegrees(at: at(time))
                    #expect(switches.contains(motor))
                    #expect(abs(motor - last) <= 3 * 0.0501, "seed \(seed)")
                    #expect(abs(antenna - lastAntenna) <= 3 * 0.0501, "seed \(seed)")
                    #expect(abs(antenna - motor) <= play / 2 + 1e-9, "seed \(seed)")
                    (last, lastAntenna) = (motor, antenna)
                }
            }
            let end = min(max(target, switches.lowerBound), switches.upperBound)
            #expect(axis.positionDegrees(at: at(time + 1000)) == end)
        }
    }
}
