import Drivers

/// Where the rooms of game nights are.
enum RoomPlace: TextValue, Equatable {
    case service(EcastBase)
    case simulated
    /// A file with the room that is rehearsed.
    case rehearsed(path: String)

    static let placeholder = "URL|simulated|FILE"

    init(text: String) throws(TextValueProblem) {
        if text == "simulated" {
            self = .simulated
        } else if let base = EcastBase(text) {
            self = .service(base)
        } else if !text.contains("://"), text.hasSuffix(".json") {
            self = .rehearsed(path: text)
        } else {
            throw TextValueProblem("must be an http or https address, simulated, or a .json file")
        }
    }
}
