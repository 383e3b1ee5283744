/// Bounds on what gpsd may send.
package struct GpsdLimits: Sendable {
    /// Longest line, its end included: libgps' own bound (`GPS_JSON_RESPONSE_MAX` doubled).
    package var lineBytes = 20_480

    package init() {}
}
