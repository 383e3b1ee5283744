import Drivers
import JSON

/// What a file is, told by its content.
package enum LogKind: String, Sendable, CaseIterable {
    /// gpsd's JSON, one report a line.
    case gpsd
    /// A conversation with gpsd, with times.
    case gpsdTranscript = "gpsd transcript"
    /// What a receiver sends: text, binary or both.
    case receiver
    /// A conversation with rotctld, with times.
    case rotctldTranscript = "rotctld transcript"
    /// Commands and answers of rotctld, as on a terminal.
    case rotctldText = "rotctld text"
}

extension LogKind {
    package static func of(_ bytes: [UInt8], _ limits: ImportLimits) throws(ImportProblem)
        -> LogKind
    {
        guard !bytes.isEmpty else { throw .empty }
        let head = bytes.prefix(limits.recognitionBytes)
        if ReceiverSignature.isTestLog(head) { return .receiver }
        if let kind = try json(head, limits) { return kind }
        if ReceiverSignature.isFound(in: head) { return .receiver }
        if isRotctldText(head) { return .rotctldText }
        throw .notRecognised
    }

    /// The first lines of JSON decide; there may be others before them, such as NMEA.
    private static func json(
        _ head: ArraySlice<UInt8>, _ limits: ImportLimits
    ) throws(ImportProblem) -> LogKind? {
        var toGpsd = 0
        var toRotctld = 0
        var hasReports = false
        for line in LogLines(head) {
            guard let brace = line.bytes.firstIndex(of: UInt8(ascii: "{")),
                let json = (try? JSONReader.read(Array(line.bytes[brace...])))?.objectValue
            else { continue }
            if json["boresight"]?.stringValue == "recording" { throw .isRecording }
            if let name = json["class"]?.stringValue {
                if name == "TPV" || name == "SKY" { return .gpsd }
                hasReports = true
                continue
            }
            guard brace == line.bytes.startIndex,
                let entry = try TranscriptLine(json, number: line.number, limits)
            else { continue }
            switch entry.direction {
            case .event: break
            case .toDevice:
                if entry.data.hasPrefix("?") { toGpsd += 1 }
                if RotctldRequest(entry.data.filter { !$0.isNewline }) != nil { toRotctld += 1 }
            case .fromDevice:
                if entry.data.hasPrefix("{\"class\":") { return .gpsdTranscript }
                if toRotctld > 0 { return .rotctldTranscript }
            }
        }
        // gpsd tells of its devices before it hands their own bytes on.
        if hasReports { return ReceiverSignature.isFound(in: head) ? .receiver : .gpsd }
        return toGpsd > 0 ? .gpsdTranscript : nil
    }

    /// A command, and behind it an answer that fits.
    private static func isRotctldText(_ head: ArraySlice<UInt8>) -> Bool {
        guard String(validating: head, as: UTF8.self) != nil else { return false }
        var parser: RotctldReplyParser?
        var isAsked = false
        for line in LogLines(head) where !line.bytes.isEmpty {
            if isAsked, line.text.hasPrefix("RPRT ") { return true }
            do throws(RotctldReplyError) {
                let answer = try parser?.receive(Array(line.bytes) + [UInt8(ascii: "\n")])
                if answer != nil { return true }
                if parser != nil { continue }
            } catch {
                parser = nil
            }
            let request = RotctldRequest(line.text)
            isAsked = request != nil
            parser = request?.replyParser
        }
        return false
    }
}
