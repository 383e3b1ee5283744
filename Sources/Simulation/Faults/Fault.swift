/// One fault at its time.
package struct Fault: Sendable, Equatable {
    package var kind: FaultKind
    package var at: Duration
    /// How long it lasts; a step of the clock, for one, lasts no time.
    package var lasts: Duration
    /// In the unit of its kind.
    package var amount: Double?
    /// Whose, for a fault of a phone; nil for all.
    package var phone: String?

    package init(
        _ kind: FaultKind, at: Duration, lasts: Duration, amount: Double? = nil,
        phone: String? = nil
    ) {
        self.kind = kind
        self.at = at
        self.lasts = lasts
        self.amount = amount
        self.phone = phone
    }

    /// How strong it is.
    package var strength: Double { amount ?? kind.usualAmount ?? 0 }

    package var end: Duration { at + lasts }
}
