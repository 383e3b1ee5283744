/// What goes wrong with a simulated receiver or its gpsd, as data that a scenario can change at any
/// time. Several may hold at once.
package struct SimulatedReceiverFaults: Sendable, Equatable {
    /// A step over ground.
    package struct Jump: Sendable, Equatable {
        package var north: Double
        package var east: Double

        package init(north: Double, east: Double) {
            self.north = north
            self.east = east
        }
    }

    /// The receiver's cable is pulled, or it hangs. gpsd says nothing of it, lists the receiver as
    /// before and has no more reports.
    package var silent = false
    /// gpsd is told that the receiver is gone, as by udev or `gpsdctl remove`: it says so once,
    /// with a DEVICE of `activated` 0, and once more when the receiver is back.
    package var removed = false
    /// The receiver speaks, but does not know where it is: reports of mode 1.
    package var withoutFix = false
    /// There is no connection to gpsd, and none can be made. For the owner, who carries the bytes;
    /// gpsd itself only has no reports for anybody.
    package var disconnected = false
    /// Positions are off by this many metres: a reflected or forged signal.
    package var jumpMeters: Jump?
    /// The receiver repeats its last report again and again, its time included.
    package var stale = false
    /// Each report comes twice.
    package var duplicated = false
    /// Of every two epochs the later one's reports come first, then the earlier one's.
    package var reordered = false
    /// The sentences with position fail their checksum. gpsd then has no TPV for the epoch, and
    /// goes on with SKY from the other sentences, as gpsd 3.22 was measured to do. It makes do with
    /// one good sentence (`Fixtures/gpsd/dirty`, epoch 6); this is for when there is none.
    package var badChecksum = false
    /// Each TPV is damaged on the way: in turn cut, cut together with the end of its line, and shot
    /// through with bytes that are no text.
    package var garbled = false
    /// The receiver's clock is 1024 weeks back, as of receivers whose week number has rolled over.
    package var weekRollover = false
    /// The receiver has counted a leap second: one time comes twice, and all that follow are a
    /// second behind. gpsd writes 23:59:60 as 00:00:00 of the next day.
    package var leapSecond = false

    package init() {}
}
