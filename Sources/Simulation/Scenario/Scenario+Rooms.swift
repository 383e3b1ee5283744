package import Drivers
import JSON
import Station

/// A room of the room service, by the code under which players find it.
package struct ScenarioRoom: Sendable, Equatable {
    package let code: String
    package let fixture: RoomFixture
    /// What it was read from.
    let json: JSONValue
}

extension Scenario {
    static func rooms(_ node: JSON5Node) throws(ScenarioError) -> [ScenarioRoom] {
        guard case .object(let members) = node.content else {
            throw ScenarioError(node.place, "rooms must be an object: a code and its room")
        }
        var rooms: [ScenarioRoom] = []
        for member in members {
            guard RoomCode.isOne(member.name) else {
                throw ScenarioError(
                    member.place, "rooms: \(member.name) is no code of 4 letters or digits (A-Z)")
            }
            do throws(RoomFixtureError) {
                rooms.append(
                    ScenarioRoom(
                        code: member.name, fixture: try RoomFixture(member.value),
                        json: member.value.json))
            } catch {
                throw ScenarioError(error.place, "rooms.\(member.name): \(error.message)")
            }
        }
        return rooms
    }

    /// What happens to rooms needs some.
    func check(_ node: JSON5Node, _ kinds: [FaultKind?]) throws(ScenarioError) {
        guard rooms.isEmpty, let kind = kinds.first(where: { $0?.victim == "rooms" }) ?? nil else {
            return
        }
        throw ScenarioError(node.place, "\(kind.rawValue) needs the scenario's 'rooms'")
    }
}
