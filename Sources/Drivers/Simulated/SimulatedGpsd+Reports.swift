import Engine

/// The lines as gpsd 3.25 writes them, member for member.
extension SimulatedGpsd {
    /// The satellites that are always in view; the first ones are used.
    private static let satellites:
        [(number: Int, azimuth: Double, elevation: Double, signal: Double)] = [
            (2, 50, 25, 28), (5, 110, 60, 37), (13, 300, 75, 37), (15, 250, 33, 33),
            (24, 160, 44, 35), (30, 330, 18, 30), (7, 200, 12, 25), (20, 20, 8, 25),
        ]

    static func version() -> GpsdObject {
        var version = GpsdObject("VERSION")
        version.add("release", text: "3.25")
        version.add("rev", text: "3.25")
        version.add("proto_major", "3")
        version.add("proto_minor", "15")
        return version
    }

    static func watch(enabled: Bool, json: Bool) -> GpsdObject {
        var watch = GpsdObject("WATCH")
        watch.add("enable", String(enabled))
        watch.add("json", String(json))
        watch.add("nmea", "false")
        watch.add("raw", "0")
        for name in ["scaled", "timing", "split24", "pps"] { watch.add(name, "false") }
        return watch
    }

    static func devices(_ device: GpsdObject?) -> GpsdObject {
        var devices = GpsdObject("DEVICES")
        devices.add("devices", "[" + (device?.json ?? "") + "]")
        return devices
    }

    /// - Parameters:
    ///   - activated: when gpsd opened the receiver; nil before that.
    ///   - isIdentified: whether gpsd knows from its sentences what the receiver is.
    static func device(activated: UTCTime?, isIdentified: Bool) -> GpsdObject {
        var device = GpsdObject("DEVICE")
        device.add("path", text: devicePath)
        if isIdentified { device.add("driver", text: "NMEA0183") }
        if let activated { device.add("activated", text: activated.text(.milliseconds)) }
        device.add("native", "0")
        device.add("bps", "38400")
        device.add("parity", text: "N")
        device.add("stopbits", "1")
        device.add("cycle", "1.00")
        return device
    }

    /// What is said once when a receiver is taken from gpsd, or given back to it.
    static func change(activated: UTCTime?) -> GpsdObject {
        var device = GpsdObject("DEVICE")
        device.add("path", text: devicePath)
        if let activated {
            device.add("activated", text: activated.text(.milliseconds))
        } else {
            device.add("activated", "0")
        }
        return device
    }

    static func error(about request: [UInt8]) -> GpsdObject {
        var error = GpsdObject("ERROR")
        let text = String(decoding: request, as: UTF8.self)
        error.add("message", text: "Unrecognized request '\(text)'")
        return error
    }

    /// The TPV of an epoch whose receiver says that it is `time`.
    static func position(_ fix: GPSFix, time: UTCTime) -> GpsdObject {
        var report = GpsdObject("TPV")
        report.add("device", text: devicePath)
        report.add("mode", String(fix.mode.rawValue))
        report.add("time", text: time.text(.milliseconds))
        report.add("ept", "0.005")
        guard let position = fix.position else { return report }
        report.add("lat", position.latitudeDegrees, decimals: 9)
        report.add("lon", position.longitudeDegrees, decimals: 9)
        report.add("altHAE", position.altitudeMeters, decimals: 4)
        report.add("track", fix.trackDegrees, decimals: 4)
        report.add("speed", fix.speedMetersPerSecond, decimals: 3)
        report.add("eph", fix.horizontalErrorMeters, decimals: 3)
        return report
    }

    static func sky(used: Int) -> GpsdObject {
        var report = GpsdObject("SKY")
        report.add("device", text: devicePath)
        report.add("nSat", String(satellites.count))
        report.add("uSat", String(min(used, satellites.count)))
        let list = satellites.enumerated().map { index, satellite in
            "{\"PRN\":\(satellite.number),\"gnssid\":0,\"svid\":\(satellite.number),"
                + "\"az\":\(satellite.azimuth),\"el\":\(satellite.elevation),"
                + "\"ss\":\(satellite.signal),\"used\":\(index < used)}"
        }
        report.add("satellites", "[" + list.joined(separator: ",") + "]")
        return report
    }
}
