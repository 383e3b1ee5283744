/// Play between a motor and the antenna that it turns.
///
/// The antenna hangs behind the motor by half of the play, on the side that it came from, so that
/// after a change of direction the motor runs through all of it before the antenna follows.
struct Backlash: Sendable, Equatable {
    /// Zero or more; zero for none.
    let degrees: Double

    /// Where the antenna is when the motor has gone straight to `motor`.
    func antenna(_ antenna: Double, pulledTo motor: Double) -> Double {
        min(max(antenna, motor - degrees / 2), motor + degrees / 2)
    }
}
