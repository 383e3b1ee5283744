extension AuditEvent {
    /// The event with nothing in it that may be a secret, and no text that is too long.
    func cleaned(_ limits: AuditLimits) -> AuditEvent {
        func clean(_ text: String) -> String { text.withoutTokens.cut(to: limits.textScalars) }
        var event = self
        event.user = user.map(clean)
        event.userEmail = clean(userEmail)
        event.api = clean(api)
        event.action = clean(action)
        event.resource = clean(resource)
        event.details = clean(details)
        event.address = clean(address)
        event.endReason = endReason.map(clean)
        event.device = device.map(clean)
        event.session = session.map(clean)
        event.organization = organization.map(clean)
        return event
    }
}

extension String {
    /// With every word that may be a token replaced, and by the same whatever it was: a recording
    /// replaces tokens, and its replay must come to the same entries.
    ///
    /// A token has 43 characters of base64url; the station's ids have 36 at most.
    fileprivate var withoutTokens: String {
        guard utf8.count > Self.longestWord else { return self }
        var clean: [UInt8] = []
        for run in utf8.split(omittingEmptySubsequences: false, whereSeparator: { !$0.isOfToken }) {
            // The separator before the run.
            if run.startIndex > startIndex {
                clean.append(utf8[utf8.index(before: run.startIndex)])
            }
            clean.append(contentsOf: run.count > Self.longestWord ? Self.withheld : Array(run))
        }
        return String(decoding: clean, as: UTF8.self)
    }

    private static let longestWord = 36
    private static let withheld = Array("…".utf8)

    fileprivate func cut(to scalars: Int) -> String {
        guard utf8.count > scalars, unicodeScalars.count > scalars else { return self }
        return String(unicodeScalars.prefix(scalars - 1)) + "…"
    }
}

extension UInt8 {
    fileprivate var isOfToken: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
