import Drivers
import Engine

/// How one of the station's drivers is, and how old everything is that it has said.
package struct DriverHealth: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case store
        case gpsd
        case rotor
        case device
        case room
        case tunnel
    }

    package enum State: String, Sendable, CaseIterable {
        case ok
        /// It answers, but what it says is old or an error.
        case stale
        case connecting
        case lost
        /// It works, and turns or measures nothing real.
        case simulated
        /// Nothing is asked of it, or there is nothing to ask.
        case idle
    }

    package enum Content: Sendable, Equatable {
        case number(Double, unit: String)
        case count(Int)
        case flag(Bool)
        case text(String)
    }

    /// Something that it said, or was told.
    package struct Value: Sendable, Equatable {
        package let name: String
        package let content: Content
        /// How old it is; nil for what does not age.
        package let age: Duration?

        package init(_ name: String, _ content: Content, age: Duration?) {
            self.name = name
            self.content = content
            self.age = age
        }
    }

    package let kind: Kind
    package let name: String
    package let state: State
    /// Why the state is what it is, as one phrase.
    package var detail: String?
    /// How long the state has been so; nil where nobody knows.
    package var stateAge: Duration?
    /// Where it is reached, which is not for everybody.
    package var address: String?
    /// Whose it is; nil for the station's own.
    package var organization: String?
    package var values: [Value] = []

    package init(_ kind: Kind, _ name: String, _ state: State, detail: String? = nil) {
        self.kind = kind
        self.name = name
        self.state = state
        self.detail = detail
    }

    /// A driver by what it has reported of itself; nil for nothing yet.
    init(_ kind: Kind, _ name: String, _ state: DriverState?, isSimulated: Bool, now: Instant) {
        self.init(
            kind, name, State(state?.condition ?? .absent, isSimulated: isSimulated),
            detail: state?.problem)
        stateAge = state?.since.duration(to: now)
    }
}

extension DriverHealth.State {
    init(_ condition: DriverState.Condition, isSimulated: Bool) {
        self =
            switch condition {
            case .absent: .idle
            case .connecting: .connecting
            case .ready: isSimulated ? .simulated : .ok
            case .degraded: .stale
            case .failed: .lost
            }
    }
}
