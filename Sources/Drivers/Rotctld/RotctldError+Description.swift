extension RotctldError: CustomStringConvertible {
    /// One phrase for the operator, with rotctld's own code.
    package var description: String {
        "\(phrase) (RPRT \(code))"
    }

    private var phrase: String {
        switch self {
        case .invalidParameter: "the rotor refused the values, they may lie outside its limits"
        case .invalidConfiguration: "rotctld's configuration is not valid"
        case .outOfMemory: "rotctld is out of memory"
        case .notImplemented: "the rotor does not know this command"
        case .deviceTimedOut: "rotctld gets no answer from the rotor"
        case .deviceUnreachable:
            "rotctld has lost the line to the rotor; restart rotctld when the cable is back"
        case .internalError: "rotctld reports an internal error"
        case .deviceProtocol: "rotctld does not understand the rotor"
        case .rejected: "the rotor rejected the command"
        case .truncated: "the rotor cut the command short"
        case .notAvailable: "this rotor cannot do that"
        case .notTargetable: "this rotor cannot be addressed that way"
        case .busError: "error on the rotor's bus"
        case .busBusy: "the rotor's bus is busy"
        case .invalidArgument: "rotctld was given a bad argument"
        case .invalidVFO: "rotctld reports an invalid VFO"
        case .domainError: "the values are outside the function's domain"
        case .deprecated: "the command is no longer supported"
        case .security: "rotctld refused for reasons of security"
        case .powerOff: "the rotor is switched off"
        case .limitExceeded: "the position lies outside the rotor's limits"
        case .accessDenied: "rotctld denied access"
        case .unknown: "rotctld reports an error"
        }
    }
}
