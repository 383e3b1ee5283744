/// How many equal things of a kind the audit keeps one by one; the rest are counted.
package enum AuditPace: Sendable {
    /// Every one: what the station does by itself.
    case each
    /// What somebody known changed.
    case change
    /// What turned a rotor, message by message.
    case movement
    /// What somebody known was refused.
    case refusal
    /// What somebody did, or was refused, who showed nothing that tells who it is.
    case stranger
}
