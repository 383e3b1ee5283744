import Engine
import Pointing

extension RotorController {
    /// That the rotor obeyed its session, in the name of who paired it.
    ///
    /// - Parameter peer: nil for what was said before it was paired, which nobody says again.
    func tell(_ message: RelayMessage, from peer: PeerID?) {
        guard peer != nil, let (action, details, pace) = message.toTell else { return }
        var event = AuditEvent(action)
        event.user = pairedBy
        event.api = "pairing"
        event.resource = "rotor:\(id)"
        event.details = details
        event.device = device
        audit.enter { $0.add(event, pace) }
    }
}

extension RelayMessage {
    /// A hand on a slider sends a target ten times a second, and a mode once.
    fileprivate var toTell: (action: String, details: String, pace: AuditPace)? {
        switch self {
        case .mode(let mode): ("obey_mode", mode.rawValue, .change)
        case .target(.direction(let azimuth, let elevation)):
            ("obey_target", "azimuth \(azimuth), elevation \(elevation)", .movement)
        case .target(.position(let position)):
            (
                "obey_target",
                "latitude \(position.latitudeDegrees), longitude \(position.longitudeDegrees)",
                .movement
            )
        case .target(.location(let id)): ("obey_target", "location \(id)", .movement)
        case .location: nil
        }
    }
}
