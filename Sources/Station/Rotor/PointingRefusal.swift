package import Pointing

/// Why a rotor was not turned to a target.
package enum PointingRefusal: Error, Equatable {
    case unreachable(Unreachable)
    case stationUnknown
    /// Nobody has seen the location yet, or there is none.
    case locationUnknown
    case samePlace
    case rotorUnavailable(String)
}
