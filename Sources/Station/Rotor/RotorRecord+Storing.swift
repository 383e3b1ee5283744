import Engine
import JSON
import Pointing

extension RotorRecord {
    func row(_ id: Int) -> StoreRow {
        [
            "id": .integer(Int64(id)),
            "name": .text(settings.name),
            "settings": .text(JSONValue.object(settings.json).text),
            "paired_token_hash": session.map { .blob($0.bytes) } ?? .null,
            "mode": .text(mode.rawValue),
            "target": target.map { .text(JSONValue.object($0.json).text) } ?? .null,
            "device_id": device.map { .text($0) } ?? .null,
            "paired_by": pairedBy.map { .text($0) } ?? .null,
            "ordered_by": orderedBy.map { .text($0) } ?? .null,
        ]
    }

    /// A rotor as it was stored; nil for a row that is not one.
    static func stored(_ row: StoreRow) -> (id: Int, record: RotorRecord)? {
        guard let id = row.integer("id").flatMap({ Int(exactly: $0) }),
            let text = row.text("settings"),
            case .object(let json)? = try? JSONReader.read(Array(text.utf8)),
            let settings = try? RotorSettings(json),
            let mode = row.text("mode").flatMap(TrackingMode.init(rawValue:))
        else { return nil }
        let target = row.text("target")
            .flatMap { try? JSONReader.read(Array($0.utf8)) }
            .flatMap { $0.objectValue }
            .flatMap { Target(stored: $0) }
        return (
            id,
            RotorRecord(
                settings: settings, device: row.text("device_id"),
                session: row.blob("paired_token_hash").flatMap(SecretHash.init(stored:)),
                pairedBy: row.text("paired_by"), mode: mode, target: target,
                orderedBy: row.text("ordered_by"))
        )
    }
}
