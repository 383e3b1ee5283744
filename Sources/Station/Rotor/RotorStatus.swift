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
    /// The way that it is being turned, in its own degrees as `position`, so that the longer way
    /// round shows: the corners on the way round a keep-out sector and where it ends. Nothing while
    /// it is not on its way.
    package let way: [RotorPosition]
    /// Who has it to themselves, by e-mail address; nil for nobody.
    package let owner: String?
    package let problems: [TrackingProblem]
    package let time: UTCTime

    /// Whether a peer would see no difference but for the time.
    func looksLike(_ other: RotorStatus) -> Bool {
        position == other.position && isMoving == other.isMoving && mode == other.mode
            && target == other.target && way == other.way && owner == other.owner
            && isReachable == other.isReachable
            && problems.count == other.problems.count
            && zip(problems, other.problems).allSatisfy { $0.isSameTrouble(as: $1) }
    }
}
