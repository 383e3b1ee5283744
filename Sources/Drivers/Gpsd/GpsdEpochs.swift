package import Engine

/// Makes one fix of the several reports that gpsd sends for one moment.
///
/// An epoch is a receiver and a device time. It is shown when the next one begins, or after
/// `epochHold`; a report that comes later and adds something shows it once more.
package struct GpsdEpochs: Sendable {
    private let settings: GpsdSettings
    private var gate: GpsdClockGate
    private var merged: GpsdPosition?
    private var receivedAt = Instant.start
    private var isShown = false
    private var satellites: (used: Int, visible: Int)?
    /// When the epoch in hand must be shown; nil while there is none.
    package private(set) var deadline: Instant?
    /// The receiver listened to, and when it last spoke.
    package private(set) var device: String?
    private var lastHeard = Instant.start

    package init(settings: GpsdSettings) {
        self.settings = settings
        gate = GpsdClockGate(
            toleranceSeconds: settings.clockToleranceSeconds,
            confirmations: settings.clockStepConfirmations)
    }

    package mutating func noteSatellites(used: Int, visible: Int) {
        satellites = (used, visible)
    }

    /// Takes one report; a fix when it ends the epoch before.
    package mutating func add(_ report: GpsdPosition, at now: Instant) -> GPSFix? {
        guard listens(to: report.device, at: now) else { return nil }
        if let time = report.unixSeconds, !gate.admits(unixSeconds: time, at: now) { return nil }
        if var merged, merged.unixSeconds == report.unixSeconds, !isOver(at: now) {
            let before = merged
            merged.add(report)
            self.merged = merged
            receivedAt = now
            if isShown && merged != before { reopen(at: now) }
            return nil
        }
        let ended = isShown ? nil : fix()
        merged = report
        receivedAt = now
        reopen(at: now)
        return ended
    }

    /// Shows the epoch in hand when its time has come.
    package mutating func fixDue(at now: Instant) -> GPSFix? {
        guard let deadline, deadline <= now else { return nil }
        self.deadline = nil
        isShown = true
        return fix()
    }

    private mutating func reopen(at now: Instant) {
        isShown = false
        deadline = now.advanced(by: settings.epochHold)
    }

    /// Reports without a time cannot be told apart but by when they come.
    private func isOver(at now: Instant) -> Bool {
        merged?.unixSeconds == nil && isShown
    }

    /// With several receivers, one is listened to until it falls silent.
    private mutating func listens(to name: String, at now: Instant) -> Bool {
        if let device, device != name, lastHeard.advanced(by: settings.staleAfter) > now {
            return false
        }
        device = name
        lastHeard = now
        return true
    }

    private func fix() -> GPSFix? {
        guard let merged else { return nil }
        var fix = GPSFix(receivedAt: receivedAt)
        fix.deviceUnixSeconds = merged.unixSeconds
        fix.horizontalErrorMeters = merged.horizontalErrorMeters
        fix.verticalErrorMeters = merged.verticalErrorMeters
        fix.speedMetersPerSecond = merged.speedMetersPerSecond
        fix.trackDegrees = merged.trackDegrees
        fix.satellitesUsed = satellites?.used
        fix.satellitesVisible = satellites?.visible
        guard merged.mode >= 2 else { return fix }
        fix.withheld = merged.reasonToWithhold(
            errorLimitMeters: settings.horizontalErrorLimitMeters)
        guard fix.withheld == nil, let latitude = merged.latitudeDegrees,
            let longitude = merged.longitudeDegrees
        else { return fix }
        fix.mode = merged.mode == 2 ? .twoDimensional : .threeDimensional
        fix.position = GPSFix.Position(
            latitudeDegrees: latitude, longitudeDegrees: longitude,
            altitudeMeters: merged.mode >= 3 ? merged.heightAboveEllipsoidMeters : nil)
        return fix
    }
}

extension GpsdPosition {
    /// Takes over what a later report of the same moment knows.
    fileprivate mutating func add(_ later: GpsdPosition) {
        mode = max(mode, later.mode)
        latitudeDegrees = later.latitudeDegrees ?? latitudeDegrees
        longitudeDegrees = later.longitudeDegrees ?? longitudeDegrees
        ellipsoidHeightMeters = later.ellipsoidHeightMeters ?? ellipsoidHeightMeters
        seaLevelHeightMeters = later.seaLevelHeightMeters ?? seaLevelHeightMeters
        geoidSeparationMeters = later.geoidSeparationMeters ?? geoidSeparationMeters
        horizontalErrorMeters = later.horizontalErrorMeters ?? horizontalErrorMeters
        verticalErrorMeters = later.verticalErrorMeters ?? verticalErrorMeters
        speedMetersPerSecond = later.speedMetersPerSecond ?? speedMetersPerSecond
        trackDegrees = later.trackDegrees ?? trackDegrees
    }

    fileprivate var heightAboveEllipsoidMeters: Double? {
        if let ellipsoidHeightMeters { return ellipsoidHeightMeters }
        guard let seaLevelHeightMeters, let geoidSeparationMeters else { return nil }
        return seaLevelHeightMeters + geoidSeparationMeters
    }

    fileprivate func reasonToWithhold(errorLimitMeters: Double) -> GPSFix.Withheld? {
        guard let latitudeDegrees, let longitudeDegrees else { return .missing }
        guard abs(latitudeDegrees) <= 90, abs(longitudeDegrees) <= 180 else { return .outOfRange }
        if let horizontalErrorMeters, horizontalErrorMeters > errorLimitMeters {
            return .imprecise
        }
        return nil
    }
}
