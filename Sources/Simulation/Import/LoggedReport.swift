import Engine
import JSON

/// What an import needs to know of one line of gpsd.
struct LoggedReport {
    let name: String
    let time: UTCTime?

    init?(_ line: ArraySlice<UInt8>) {
        guard line.first == UInt8(ascii: "{"),
            let json = (try? JSONReader.read(Array(line)))?.objectValue,
            let name = json["class"]?.stringValue
        else { return nil }
        self.name = name
        time = json["time"]?.stringValue.flatMap { ReportTime.parse($0) }
    }
}
