import Drivers
import Engine

/// Faults begin and end.
extension World {
    func fault(_ fault: Fault, _ begins: Bool) {
        trace.append(fault.kind.rawValue)
        trace.append(begins ? 1 : 0 as UInt64)
        markFault(fault, begins: begins)
        if begins { faults.begin(fault) } else { faults.end(fault) }
        hadFault = true
        switch fault.kind.victim {
        case "gps":
            gpsd.faults = faults.receiver
            if begins, fault.kind == .gpsdRestart { dropGpsd() }
        case "rotor":
            settleTravel()
            rotor.setFaults(faults.rotor, at: now)
            if begins, fault.kind == .rotctldRestart { dropRotor() }
        case "link", "phone": phoneFault(fault, begins)
        case "rooms", "hook": serverFault(fault, begins)
        default: stationFault(fault, begins)
        }
    }

    private func stationFault(_ fault: Fault, _ begins: Bool) {
        switch fault.kind {
        case .stationCrash:
            if begins {
                crashStation()
            } else if station == nil, !faults.has(.stationCrash) {
                startStation()
            }
        case .clockStep:
            guard begins else { return }
            faults.clockStep += .seconds(fault.strength)
            station?.core.clockPort.send(
                WallClockStep(
                    utcOffsetNanoseconds: Self.utc.advanced(by: faults.clockStep).nanoseconds))
        case .diskFull: setDiskFull(faults.has(.diskFull))
        default: break
        }
    }
}
