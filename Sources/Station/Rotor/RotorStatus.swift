package import Engine
package import Pointing

/// What a rotor shows of itself at one moment.
package struct RotorStatus: Sendable, Equatable {
    package let rotorID: Int
    package let name: String
    /// Where the rotor said it stands, in its own degrees; nil before it has said so.
    package let position: RotorPosition?
    /// How old that is.
    package let positionAge: Duration?
    package let isMoving: Bool
    /// Whether the rotor can be reached now.
    package let isReachable: Bool
    package let mode: TrackingMode
    package let target: Target?
    /// Who has it to themselves, by e-mail address; nil for nobody.
    package let owner: String?
    package let problems: [TrackingProblem]
    package let time: UTCTime

    /// Whether a peer would see no difference but for the time.
    func looksLike(_ other: RotorStatus) -> Bool {
        position == other.position && isMoving == other.isMoving && mode == other.mode
            && target == other.target && owner == other.owner && isReachable == other.isReachable
            && problems.count == other.problems.count
            && zip(problems, other.problems).allSatisfy { $0.isSameTrouble(as: $1) }
    }
}
