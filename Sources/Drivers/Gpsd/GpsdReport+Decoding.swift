extension GpsdReport {
    /// Decodes a line without its end; nil for what is not a JSON report: NMEA and raw lines may be
    /// mixed in when another client of the same receiver asked for them.
    ///
    /// TPV, SKY and DEVICES go through libgps. VERSION, DEVICE and ERROR are read here, because
    /// libgps fails on a DEVICE that was removed (`activated` is then a number).
    package init?(line: [UInt8]) {
        // gpsd escapes control characters; a raw one is damage, which libgps would read around.
        guard line.first == UInt8(ascii: "{"), line.allSatisfy({ $0 >= 0x20 }),
            String(validating: line, as: UTF8.self) != nil, let fields = GpsdFields(line)
        else { return nil }
        switch fields.text("class") {
        case "VERSION":
            self = .version(
                release: fields.text("release") ?? "",
                protocolMajor: fields.integer("proto_major") ?? 0,
                protocolMinor: fields.integer("proto_minor") ?? 0)
        case "DEVICE":
            guard let path = fields.text("path") else { return nil }
            self = .device(path: path, isActive: fields.integer("activated") != 0)
        case "ERROR":
            self = .error(message: fields.text("message") ?? "")
        case "TPV", "SKY", "DEVICES":
            guard let report = GpsdDecoder.decode(line) else { return nil }
            self = report
            if case .satellites = report, !fields.has("satellites") { self = .other }
        case .some:
            self = .other
        case nil:
            return nil
        }
    }
}
