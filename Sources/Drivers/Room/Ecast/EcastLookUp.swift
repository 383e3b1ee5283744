import JSON

/// What an answer to the look-up of a room means.
enum EcastLookUp: Equatable {
    struct Room: Equatable {
        /// With a port where the base may be local.
        let host: String
        let appTag: String
        let maxPlayers: Int?
    }

    case room(Room)
    /// There is no such room, or not any more.
    case absent
    /// Not now, or nothing that can be understood.
    case unusable

    /// More players than this is no number of players.
    private static let mostPlayers: ClosedRange<Int64> = 1...10_000

    init(_ answer: WebAnswer, base: EcastBase, limits: EcastLimits) {
        switch answer.status {
        case 200: self = Self.read(answer.body, base, limits).map { .room($0) } ?? .unusable
        case 404, 410: self = .absent
        default: self = .unusable
        }
    }

    private static func read(_ bytes: [UInt8], _ base: EcastBase, _ limits: EcastLimits) -> Room? {
        guard bytes.count <= limits.lookUpBytes,
            let body = (try? JSONReader.read(bytes))?.objectValue?["body"]?.objectValue,
            let host = body["host"]?.stringValue,
            EcastHost.isHost(host, mayBeLocal: base.isLocal)
        else { return nil }
        let players = body["maxPlayers"]?.integerValue.flatMap {
            mostPlayers.contains($0) ? Int($0) : nil
        }
        let appTag = body["appTag"]?.stringValue.flatMap {
            EcastText.cleaned($0, limit: limits.wordScalars)
        }
        return Room(host: host, appTag: appTag ?? "", maxPlayers: players)
    }
}
