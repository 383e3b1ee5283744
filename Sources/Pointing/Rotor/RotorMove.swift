/// A way that a rotor goes: in each leg both axes turn straight to its end, so that they stay
/// between where it begins and where it ends.
package struct RotorMove: Sendable, Hashable {
    /// Nil when it is not known where the rotor stands.
    package let from: RotorPosition?
    /// Where it has to turn on the way, to keep out of a sector.
    package let corners: [RotorPosition]
    /// Within the rotor's limits.
    package let to: RotorPosition
    /// Where the direction itself lies on the rotor's scale. It differs from `to` only when it is
    /// beyond a limit by no more than the tolerance that the plan was given.
    package let aim: RotorPosition
    /// Whether the first corner is the way out of a sector that the rotor stands in.
    package let leavesSector: Bool

    init(
        from: RotorPosition?, corners: [RotorPosition] = [], to: RotorPosition, aim: RotorPosition,
        leavesSector: Bool = false
    ) {
        self.from = from
        self.corners = corners
        self.to = to
        self.aim = aim
        self.leavesSector = leavesSector
    }

    /// The ends of all its legs.
    package var legs: [RotorPosition] { corners + [to] }

    /// The degrees that both axes turn together; from the first leg's end where it is not known
    /// from where.
    package var travelDegrees: Double {
        let places = (from.map { [$0] } ?? []) + legs
        return zip(places, places.dropFirst()).reduce(0) { $0 + $1.0.travelDegrees(to: $1.1) }
    }
}
