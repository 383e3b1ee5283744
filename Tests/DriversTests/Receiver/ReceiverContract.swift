import Drivers
import Testing

/// What every receiver driver does, whatever is behind it. The receiver stands at 52 N, 4.36 E with
/// a 3D fix; its driver calls it stale and silent sooner than in the field.
struct ReceiverContract {
    let driver: ReceiverUnderTest
    /// Takes the fix away, silences it, and back.
    let setFix: (Bool) -> Void
    let setSilent: (Bool) -> Void

    func holds() async {
        #expect(
            await driver.wait { $0.fixes.last?.mode == .threeDimensional }, "\(driver.events)")
        #expect(driver.conditions == [.connecting, .ready])
        knowsWhereItIs()
        await losesTheFixAndStaysReady()
        await saysWhenItFallsSilent()
    }

    private func knowsWhereItIs() {
        let position = driver.fixes.last?.position
        #expect(abs((position?.latitudeDegrees ?? 0) - 52) < 1e-4)
        #expect(abs((position?.longitudeDegrees ?? 0) - 4.36) < 1e-4)
        #expect(abs((position?.altitudeMeters ?? 0) - 46) < 1)
        let arrivals = driver.fixes.map(\.receivedAt)
        #expect(arrivals == arrivals.sorted())
    }

    private func losesTheFixAndStaysReady() async {
        driver.forget()
        setFix(false)
        #expect(await driver.wait { $0.fixes.last?.mode == GPSFix.Mode.none })
        #expect(driver.fixes.last?.position == nil)
        setFix(true)
        #expect(await driver.wait { $0.fixes.last?.mode == .threeDimensional })
        #expect(driver.conditions == [])
    }

    private func saysWhenItFallsSilent() async {
        driver.forget()
        setSilent(true)
        #expect(await driver.wait { $0.conditions.last == .failed(.silent) })
        setSilent(false)
        #expect(await driver.wait { $0.conditions.last == .ready })
        #expect(driver.conditions == [.degraded(.stale), .failed(.silent), .ready])
        #expect(await driver.wait { $0.fixes.last?.mode == .threeDimensional })
    }
}
