/// Why a text is not a position.
package enum PositionParseError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Field: String, Sendable {
        case latitude
        case longitude
        case altitude
    }

    /// Not two or three parts with commas between.
    case shape
    /// More than `GeodeticPosition.longestTextBytes`.
    case tooLong
    /// The part is not a plain decimal number.
    case notANumber(Field, String)
    case outOfRange(PositionError)

    package var description: String {
        switch self {
        case .shape: "a position is LAT,LON or LAT,LON,ALT, such as 52.5,13.4,30"
        case .tooLong:
            "a position is LAT,LON or LAT,LON,ALT in at most "
                + "\(GeodeticPosition.longestTextBytes) characters"
        case .notANumber(let field, ""): "the \(field) is missing"
        case .notANumber(let field, let text): "\(field) \(text) is not a decimal number"
        case .outOfRange(let error): error.description
        }
    }
}
