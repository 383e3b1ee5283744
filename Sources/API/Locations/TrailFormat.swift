import Engine
import JSON
import Pointing
import Station

/// How a trail is written.
enum TrailFormat: String, CaseIterable {
    /// A FeatureCollection of Points (RFC 7946), each with its time.
    case geojson
    /// One track of one segment (GPX 1.1, https://www.topografix.com/GPX/1/1/).
    case gpx
    /// A table with a head (RFC 4180).
    case csv

    var mediaType: String {
        switch self {
        case .geojson: "application/geo+json"
        case .gpx: "application/gpx+xml"
        case .csv: "text/csv; charset=utf-8; header=present"
        }
    }

    func bytes(of sightings: [Sighting], name: String) -> [UInt8] {
        switch self {
        case .geojson: Self.geojson(sightings)
        case .gpx: Array(Self.gpx(sightings, name).utf8)
        case .csv: Array(Self.csv(sightings).utf8)
        }
    }

    private static func geojson(_ sightings: [Sighting]) -> [UInt8] {
        let features = sightings.map { sighting in
            var properties: JSONObject = [
                "time": .string(sighting.time.text(.microsecondsIfAny))
            ]
            if let accuracy = sighting.accuracyMeters { properties["accuracy"] = .number(accuracy) }
            return JSONValue.object([
                "type": .string("Feature"), "geometry": sighting.point.json,
                "properties": .object(properties),
            ])
        }
        return JSONValue.object([
            "type": .string("FeatureCollection"), "features": .array(features),
        ]).bytes()
    }

    private static func gpx(_ sightings: [Sighting], _ name: String) -> String {
        let points = sightings.map { sighting in
            let position = sighting.point.position
            let elevation =
                sighting.point.hasAltitude ? "<ele>\(position.altitudeMeters)</ele>" : ""
            return
                "<trkpt lat=\"\(position.latitudeDegrees)\" lon=\"\(position.longitudeDegrees)\">"
                + elevation + "<time>\(sighting.time.text(.microsecondsIfAny))</time></trkpt>\n"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <gpx version="1.1" creator="boresight" xmlns="http://www.topografix.com/GPX/1/1">
            <trk><name>\(escaped(name))</name><trkseg>
            \(points.joined())</trkseg></trk>
            </gpx>

            """
    }

    /// Text as XML 1.0 §2.4 wants it.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
            ">", with: "&gt;")
    }

    private static func csv(_ sightings: [Sighting]) -> String {
        let lines = sightings.map { sighting in
            let position = sighting.point.position
            let altitude = sighting.point.hasAltitude ? "\(position.altitudeMeters)" : ""
            let accuracy = sighting.accuracyMeters.map { "\($0)" } ?? ""
            return [
                sighting.time.text(.microsecondsIfAny), "\(position.latitudeDegrees)",
                "\(position.longitudeDegrees)", altitude, accuracy,
            ].joined(separator: ",")
        }
        return (["time,latitude,longitude,altitude,accuracy"] + lines)
            .map { $0 + "\r\n" }.joined()
    }
}
