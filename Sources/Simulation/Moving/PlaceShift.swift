package import JSON
package import Pointing

/// Moves every position to another part of the world, with the directions between them kept.
package struct PlaceShift: Sendable, Equatable {
    private let from: GeodeticPosition
    private let to: GeodeticPosition

    /// - Parameters:
    ///   - from: where the antenna stood.
    ///   - to: where it shall seem to have stood.
    package init(from: GeodeticPosition, to: GeodeticPosition) {
        self.from = from
        self.to = to
    }

    /// The same bearing and distance from the new place; heights are left as they are.
    package func moved(_ position: GeodeticPosition) -> GeodeticPosition {
        let ground = position.at(altitudeMeters: from.altitudeMeters)
        guard let look = LookAngle(from: from, to: ground) else {
            return to.at(altitudeMeters: position.altitudeMeters)
        }
        return to.moved(bearingDegrees: look.azimuthDegrees, distanceMeters: look.slantRangeMeters)
            .at(altitudeMeters: position.altitudeMeters)
    }

    // MARK: Positions in messages

    /// A value with every position in it moved: `latitude` beside `longitude`, `lat` beside `lon`,
    /// GeoJSON `coordinates`, and texts such as `52.49,13.24`.
    package func moved(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): return .object(moved(object))
        case .array(let elements): return .array(elements.map { moved($0) })
        case .string(let text): return .string(moved(text))
        case .null, .bool, .integer, .number: return value
        }
    }

    private func moved(_ object: JSONObject) -> JSONObject {
        var result = JSONObject()
        for member in object.members {
            result[member.key] =
                member.key == "coordinates"
                ? movedCoordinates(member.value) : moved(member.value)
        }
        for (latitude, longitude) in [("latitude", "longitude"), ("lat", "lon")] {
            guard let north = object[latitude]?.doubleValue,
                let east = object[longitude]?.doubleValue,
                let position = try? GeodeticPosition(
                    latitudeDegrees: north, longitudeDegrees: east)
            else { continue }
            let new = moved(position)
            result[latitude] = .number(Self.rounded(new.latitudeDegrees))
            result[longitude] = .number(Self.rounded(new.longitudeDegrees))
        }
        return result
    }

    /// RFC 7946 §3.1.1: longitude first.
    private func movedCoordinates(_ value: JSONValue) -> JSONValue {
        guard case .array(var numbers) = value, numbers.count >= 2,
            let east = numbers[0].doubleValue, let north = numbers[1].doubleValue,
            let position = try? GeodeticPosition(latitudeDegrees: north, longitudeDegrees: east)
        else { return moved(value) }
        let new = moved(position)
        numbers[0] = .number(Self.rounded(new.longitudeDegrees))
        numbers[1] = .number(Self.rounded(new.latitudeDegrees))
        return .array(numbers)
    }

    private func moved(_ text: String) -> String {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let north = Double(parts[0]),
            let east = Double(parts[1]),
            let position = try? GeodeticPosition(latitudeDegrees: north, longitudeDegrees: east)
        else { return text }
        let new = moved(position)
        let place = [Self.rounded(new.latitudeDegrees), Self.rounded(new.longitudeDegrees)]
        return (place.map { "\($0)" } + parts.dropFirst(2).map(String.init))
            .joined(separator: ",")
    }

    /// Nine decimals are a tenth of a millimetre, and as much as gpsd writes.
    private static func rounded(_ degrees: Double) -> Double { (degrees * 1e9).rounded() / 1e9 }
}

extension GeodeticPosition {
    fileprivate func at(altitudeMeters: Double) -> GeodeticPosition {
        // Both angles come from a position, so this cannot fail.
        (try? GeodeticPosition(
            latitudeDegrees: latitudeDegrees, longitudeDegrees: longitudeDegrees,
            altitudeMeters: altitudeMeters)) ?? self
    }
}
