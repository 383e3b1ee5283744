package import Pointing

/// Why a rotor was not turned to a target.
package enum PointingRefusal: Error, Equatable {
    case unreachable(Unreachable)
    case stationUnknown
    case samePlace
    case rotorUnavailable(String)
}
