import API
import Drivers
import Engine
import JSON
package import Pointing
package import Recording
import Transport

/// A recording that can be given away: the same pass somewhere else.
///
/// Its inputs are moved, and everything else is what the station makes of them, so that it replays
/// to the last bit like the original.
package struct MovedRecording {
    package let text: RecordingText
    /// How many positions were found in inputs.
    package let positions: Int

    /// - Parameter to: where the antenna shall seem to have stood.
    /// - Throws: `RecordingError` for a broken recording; `MovingProblem` for one without a place.
    package init(_ recording: RecordingReader, to place: GeodeticPosition) throws {
        let shift = PlaceShift(from: try Self.antenna(recording), to: place)
        var reader = recording
        var header = reader.header
        header.configuration = Self.object(shift.moved(.object(header.configuration)), header)
        var plan = try StationPlan(header.configuration)
        plan.fixedPosition = plan.fixedPosition.map { shift.moved($0) }
        if case .simulated(let position) = plan.receiver {
            plan.receiver = .simulated(shift.moved(position))
        }
        header.configuration = plan.json
        let rows = reader.rows.map { RecordedRow(table: $0.table, row: shift.moved($0.row)) }
        let entropy = ReplayEntropy(seed: header.seed)
        let collector = TurnCollector()
        var text = RecordingText(header, rows: rows)
        guard let first = try reader.next() else {
            (self.text, positions) = (text, 0)
            return
        }
        try Replay.prepare(first, entropy)
        let station = try ReplayedStation(
            header, rows: rows, entropy: entropy, observer: collector)
        entropy.endTurn()
        let world = ShiftedWorld(station: station, shift: shift)
        let replay = Replay(world: world, entropy: entropy, mode: .exact)
        var last = first
        for turn in collector.take() { text.add(turn) }
        while let turn = try reader.next() {
            try replay.run(turn, before: last.events)
            for turn in collector.take() { text.add(turn) }
            last = turn
        }
        self.text = text
        positions = world.count
    }

    private static func object(_ value: JSONValue, _ header: RecordingHeader) -> JSONObject {
        value.objectValue ?? header.configuration
    }

    /// Where the antenna stood first, as far as the recording tells.
    private static func antenna(_ recording: RecordingReader) throws -> GeodeticPosition {
        let plan = try StationPlan(recording.header.configuration)
        if let fixed = plan.fixedPosition { return fixed }
        if case .simulated(let position) = plan.receiver { return position }
        var reader = recording
        var splitter = GpsdLines()
        while let turn = try reader.next() {
            for entry in turn.entries where entry.stream == "gpsd" {
                guard case .link(let report)? = try? RecordedInput(entry),
                    case .received(let bytes) = report.event
                else { continue }
                for line in splitter.take(bytes) {
                    guard let object = (try? JSONReader.read(line))?.objectValue,
                        let latitude = object["lat"]?.doubleValue,
                        let longitude = object["lon"]?.doubleValue,
                        let position = try? GeodeticPosition(
                            latitudeDegrees: latitude, longitudeDegrees: longitude,
                            altitudeMeters: object["altHAE"]?.doubleValue ?? 0)
                    else { continue }
                    return position
                }
            }
        }
        throw MovingProblem.noPlace
    }
}

/// Why a recording cannot be moved.
package enum MovingProblem: Error, Equatable, CustomStringConvertible {
    case noPlace

    package var description: String { "nothing in it says where the antenna stood" }
}

/// Feeds a station inputs with their positions moved.
private final class ShiftedWorld: ReplayedWorld {
    private let station: ReplayedStation
    private let shift: PlaceShift
    private var gpsd = GpsdLines()
    private(set) var count = 0

    init(station: ReplayedStation, shift: PlaceShift) {
        self.station = station
        self.shift = shift
    }

    var core: Core { station.core }

    func feed(_ input: RecordedInput) {
        switch input {
        case .link(let report) where report.stream == "gpsd": station.feed(.link(moved(report)))
        case .transport(.message(let socket, .text(let bytes))):
            station.feed(.transport(.message(webSocket: socket, .text(moved(bytes)))))
        case .transport(.request(let request)):
            station.feed(.transport(.request(request.with(body: moved(request.body)))))
        default: station.feed(input)
        }
    }

    /// Whole lines only: a position may stand across two pieces.
    private func moved(_ report: LinkReport) -> LinkReport {
        guard case .received(let bytes) = report.event else {
            gpsd = GpsdLines()
            return report
        }
        let lines = gpsd.take(bytes).flatMap { moved($0) + [UInt8(ascii: "\n")] }
        return LinkReport(stream: report.stream, link: report.link, event: .received(lines))
    }

    /// JSON with its positions moved; anything else, and what holds none, stays as it is.
    private func moved(_ bytes: [UInt8]) -> [UInt8] {
        guard let value = try? JSONReader.read(bytes) else { return bytes }
        let new = shift.moved(value)
        guard new != value else { return bytes }
        count += 1
        return new.bytes()
    }
}

/// gpsd's lines out of the pieces in which they came.
private struct GpsdLines {
    private var rest: [UInt8] = []

    mutating func take(_ bytes: [UInt8]) -> [[UInt8]] {
        rest += bytes
        var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        rest = Array(lines.popLast() ?? [])
        return lines.map { Array($0) }
    }
}

extension PlaceShift {
    /// A stored row with the positions in its JSON moved.
    fileprivate func moved(_ row: StoreRow) -> StoreRow {
        StoreRow(
            columns: row.columns.map { column in
                switch column.value {
                case .text(let text):
                    guard let value = try? JSONReader.read(Array(text.utf8)),
                        value.objectValue != nil
                    else { return column }
                    return StoreRow.Column(name: column.name, value: .text(moved(value).text))
                case .blob(let bytes):
                    guard let value = try? JSONReader.read(bytes), value.objectValue != nil
                    else { return column }
                    return StoreRow.Column(name: column.name, value: .blob(moved(value).bytes()))
                case .null, .integer, .real: return column
                }
            })
    }
}

extension HTTPRequest {
    fileprivate func with(body: [UInt8]) -> HTTPRequest {
        HTTPRequest(
            id: id, listener: listener, method: method, path: path, query: query,
            headers: headers, body: body, remoteAddress: remoteAddress, isSecure: isSecure,
            isWebSocketHandshake: isWebSocketHandshake, defect: defect)
    }
}
