/// A way that a rotor goes: straight in its own degrees, so it stays between its ends.
package struct RotorMove: Sendable, Hashable {
    /// Nil when it is not known where the rotor stands.
    package let from: RotorPosition?
    /// Within the rotor's limits.
    package let to: RotorPosition
    /// Where the direction itself lies on the rotor's scale. It differs from `to` only when it is
    /// beyond a limit by no more than the tolerance that the plan was given.
    package let aim: RotorPosition
}
