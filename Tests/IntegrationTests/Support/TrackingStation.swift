import Glibc
import JSON
import TestSupport

/// A daemon with a real gpsd, and a real rotctld behind its first rotor, which overlaps.
struct TrackingStation {
    private static let deadBandDegrees = 1.0
    /// rotctld and rotctl speak hundredths of a degree.
    private static let roundingDegrees = 0.02

    let gpsd: RealGpsd
    let rotctld: RealRotctld
    let daemon: DaemonProcess

    init() async throws {
        gpsd = try await RealGpsd(
            latitude: PhonePlace.stationLatitude, longitude: PhonePlace.stationLongitude)
        rotctld = try await RealRotctld()
        daemon = try await DaemonProcess(["--gpsd", "127.0.0.1:\(gpsd.port)"])
        try daemon.addRotor(
            """
            "name":"mast","port":\(rotctld.port),"min_azimuth":-180,"max_azimuth":270,\
            "deadband":\(Self.deadBandDegrees)
            """)
    }

    /// Waits until rotctl reads the rotor within the dead band of a place.
    ///
    /// - Parameter tell: called before each look, such as by a phone that says where it is.
    func follows(_ place: PhonePlace, tell: () throws -> Void = {}) async throws -> Bool {
        for _ in 0..<240 {
            try tell()
            let (azimuth, elevation) = try await rotctld.position()
            let error = place.error(ofAzimuth: azimuth, elevation: elevation)
            if error <= Self.deadBandDegrees + Self.roundingDegrees { return true }
            try await Task.sleep(for: .milliseconds(250))
        }
        return false
    }
}
