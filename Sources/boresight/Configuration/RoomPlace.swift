import API
import Drivers

/// Where the rooms of game nights are.
struct RoomPlace: TextValue, Equatable {
    static let placeholder = "URL|simulated"

    let place: StationPlan.Rooms

    init(text: String) throws(TextValueProblem) {
        guard text != "simulated" else {
            place = .simulated
            return
        }
        guard let base = EcastBase(text) else {
            throw TextValueProblem("must be an http or https address, or simulated")
        }
        place = .service(base)
    }
}
