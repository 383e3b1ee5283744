/// Why a text is not a position.
package enum PositionParseError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not two or three numbers with commas between.
    case shape
    /// One of the parts is not a plain decimal number.
    case notANumber(String)
    case outOfRange(PositionError)

    package var description: String {
        switch self {
        case .shape: "a position is LAT,LON or LAT,LON,ALT, such as 52.5,13.4,30"
        case .notANumber(let text): "\(text) is not a decimal number"
        case .outOfRange(let error): error.description
        }
    }
}

extension GeodeticPosition {
    /// Reads `LAT,LON` or `LAT,LON,ALT` in decimal degrees and metres, with a point for the decimal
    /// mark whatever the locale.
    package init(parsing text: String) throws(PositionParseError) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { throw .shape }
        var numbers: [Double] = []
        for part in parts { numbers.append(try Self.number(part)) }
        do throws(PositionError) {
            try self.init(
                latitudeDegrees: numbers[0], longitudeDegrees: numbers[1],
                altitudeMeters: numbers.count == 3 ? numbers[2] : 0)
        } catch {
            throw .outOfRange(error)
        }
    }

    /// A plain decimal number; `Double` alone would also take `nan`, `inf` and `0x10`.
    private static func number(_ part: Substring) throws(PositionParseError) -> Double {
        let digits = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        let text = String(digits)
        let isPlain = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isPlain, let value = Double(text), value.isFinite else { throw .notANumber(text) }
        return value
    }
}
