/// A coordinate that cannot be one.
package enum PositionError: Error, Sendable, Equatable, CustomStringConvertible {
    case latitude(Double)
    case longitude(Double)
    case altitude(Double)

    package var description: String {
        switch self {
        case .latitude(let value): "latitude \(value) is not a number from -90 to 90"
        case .longitude(let value): "longitude \(value) is not a number from -180 to 180"
        case .altitude(let value):
            "altitude \(value) is not a number of metres from -6300000 to 1000000000"
        }
    }
}
