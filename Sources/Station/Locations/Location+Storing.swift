import Engine
import Pointing

extension Location {
    func row(_ source: LocationSource?) -> StoreRow {
        let position = sighting?.point.position
        let hasAltitude = sighting?.point.hasAltitude ?? false
        return [
            "id": .text(id), "organization_id": .text(organization),
            "name": .text(description.name), "address": .text(description.address),
            "type": .text(description.kind.rawValue),
            "is_mobile": .integer(description.isMobile ? 1 : 0),
            "longitude": real(position?.longitudeDegrees),
            "latitude": real(position?.latitudeDegrees),
            "altitude": real(hasAltitude ? position?.altitudeMeters : nil),
            "accuracy": real(sighting?.accuracyMeters),
            "seen_ns": sighting.map { .integer($0.time.nanoseconds) } ?? .null,
            "source": source.map { .text($0.name) } ?? .null,
            "source_hash": source?.hash.map { .blob($0.bytes) } ?? .null,
            "created_ns": .integer(createdAt.nanoseconds),
            "modified_ns": .integer(describedAt.nanoseconds),
        ]
    }

    /// A location as it was stored; nil for a row that is not one.
    static func stored(_ row: StoreRow) -> (location: Location, source: LocationSource?)? {
        guard let id = row.text("id"), let organization = row.text("organization_id"),
            let name = row.text("name"), let kind = row.text("type").flatMap(Kind.init(rawValue:)),
            let created = row.integer("created_ns"), let modified = row.integer("modified_ns")
        else { return nil }
        var description = Description(name: name)
        description.address = row.text("address") ?? ""
        description.kind = kind
        description.isMobile = row.integer("is_mobile") == 1
        let location = Location(
            id: id, organization: organization, createdAt: UTCTime(nanoseconds: created),
            description: description, describedAt: UTCTime(nanoseconds: modified),
            sighting: storedSighting(row))
        return (location, LocationSource.stored(row))
    }

    private static func storedSighting(_ row: StoreRow) -> Sighting? {
        guard let longitude = row.real("longitude"), let latitude = row.real("latitude"),
            let time = row.integer("seen_ns"),
            let point = try? GeoJSONPoint(
                coordinates: [longitude, latitude] + (row.real("altitude").map { [$0] } ?? []))
        else { return nil }
        return Sighting(
            point: point, accuracyMeters: row.real("accuracy"),
            time: UTCTime(nanoseconds: time))
    }

    private func real(_ number: Double?) -> StoreValue { number.map { .real($0) } ?? .null }
}

extension LocationSource {
    fileprivate var name: String {
        switch self {
        case .station: "station"
        case .session: "session"
        }
    }

    fileprivate var hash: SecretHash? {
        switch self {
        case .station: nil
        case .session(let hash): hash
        }
    }

    fileprivate static func stored(_ row: StoreRow) -> LocationSource? {
        switch row.text("source") {
        case "station"?: .station
        case "session"?:
            row.blob("source_hash").flatMap(SecretHash.init(stored:)).map { .session($0) }
        default: nil
        }
    }
}
