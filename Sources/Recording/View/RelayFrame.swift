import JSON

/// A message of the relay, as far as a picture shows it.
///
/// More forgiving than the station: what was refused is shown too.
enum RelayFrame: Equatable {
    case location(SeenPlace, accuracyMetres: Double?)
    case target(Target)
    case mode(String)
    case rotor(Rotor)

    enum Target: Equatable {
        case direction(SeenDirection)
        case place(SeenPlace)
    }

    struct Rotor: Equatable {
        var name: String?
        var direction: SeenDirection?
        var target: SeenDirection?
        var mode: String?
        var isMoving: Bool
        var problems: [String]
    }
}

extension RelayFrame {
    init?(_ text: String) {
        guard text.hasPrefix("{"),
            let json = (try? JSONReader.read(Array(text.utf8)))?.objectValue
        else { return nil }
        switch json["type"]?.stringValue {
        case "location":
            let geometry = json["geometry"]?.objectValue
            let numbers = (geometry?["coordinates"]?.arrayValue ?? []).map(\.doubleValue)
            guard (2...3).contains(numbers.count), let longitude = numbers[0],
                let latitude = numbers[1]
            else { return nil }
            let place = SeenPlace(
                latitudeDegrees: latitude, longitudeDegrees: longitude,
                altitudeMetres: numbers.count == 3 ? numbers[2] : nil)
            self = .location(place, accuracyMetres: json["accuracy"]?.doubleValue)
        case "target":
            guard let target = json["target"]?.objectValue else { return nil }
            if let direction = SeenDirection(target) {
                self = .target(.direction(direction))
            } else if let place = SeenPlace(target) {
                self = .target(.place(place))
            } else {
                return nil
            }
        case "mode":
            guard let mode = json["mode"]?.stringValue else { return nil }
            self = .mode(mode)
        case "rotor": self = .rotor(Rotor(json))
        default: return nil
        }
    }
}

extension RelayFrame.Rotor {
    fileprivate init(_ json: JSONObject) {
        name = json["name"]?.stringValue
        direction = SeenDirection(json)
        target = json["target"]?.objectValue.flatMap(SeenDirection.init)
        mode = json["mode"]?.stringValue
        isMoving = json["moving"]?.boolValue ?? false
        problems = (json["problems"]?.arrayValue ?? []).map { problem in
            let object = problem.objectValue
            return [object?["source"]?.stringValue, object?["detail"]?.stringValue]
                .compactMap { $0 }.joined(separator: ": ")
        }
    }
}
