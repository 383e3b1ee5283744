extension GeodeticPosition {
    /// Three numbers with all the digits that a `Double` can have take 80; the text ends up in
    /// messages, which should stay readable.
    package static let longestTextBytes = 120

    /// Reads `LAT,LON` or `LAT,LON,ALT` in decimal degrees and metres, with a point for the decimal
    /// mark whatever the locale. Spaces around the numbers are ignored.
    package init(parsing text: String) throws(PositionParseError) {
        guard text.utf8.count <= Self.longestTextBytes else { throw .tooLong }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { throw .shape }
        let latitude = try Self.number(parts[0], .latitude)
        let longitude = try Self.number(parts[1], .longitude)
        let altitude = parts.count == 3 ? try Self.number(parts[2], .altitude) : 0
        do throws(PositionError) {
            try self.init(
                latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMeters: altitude)
        } catch {
            throw .outOfRange(error)
        }
    }

    /// A plain decimal number; `Double` alone would also take `nan`, `inf` and `0x10`.
    private static func number(
        _ part: Substring, _ field: PositionParseError.Field
    ) throws(PositionParseError) -> Double {
        let digits = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        let text = String(digits)
        let isPlain = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isPlain, let value = Double(text), value.isFinite else {
            throw .notANumber(field, text)
        }
        return value
    }
}
