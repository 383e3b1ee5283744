package import Engine

/// Which entries somebody wants to see; what is nil is all the same.
package struct AuditFilter: Sendable {
    /// An id.
    package var user: String?
    package var device: String?
    package var session: String?
    package var organization: String?
    package var action: String?
    package var api: String?
    package var since: UTCTime?
    /// Without this moment itself.
    package var until: UTCTime?
    package var isSuccess: Bool?

    package init() {}

    func takes(_ entry: AuditEntry) -> Bool {
        let event = entry.event
        func isWanted<Value: Equatable>(_ wanted: Value?, _ value: Value?) -> Bool {
            wanted.map { $0 == value } ?? true
        }
        return isWanted(user, event.user) && isWanted(device, event.device)
            && isWanted(session, event.session) && isWanted(organization, event.organization)
            && isWanted(action, event.action)
            && isWanted(api, event.api) && isWanted(isSuccess, event.isSuccess)
            && since.map { entry.time >= $0 } ?? true && until.map { entry.time < $0 } ?? true
    }
}
