import Engine
import Station
import Transport

/// Says what the audit is to keep of a request: whatever may have changed something, and whatever
/// was refused to somebody who may not.
struct RequestAudit {
    /// Who showed a token, if anybody did.
    enum Caller: Sendable {
        case user(User)
        /// Of game nights; nobody knows which.
        case host
        /// Whoever has the token of a pairing session.
        case phone
        case stranger
    }

    private let station: FieldStation
    /// The names of routes, by method and path, once they were asked for: a description is made
    /// anew each time.
    private var actions: [String: String] = [:]

    init(station: FieldStation) {
        self.station = station
    }

    /// Who calls; asked before anything is changed, because the token may be what goes.
    func caller(_ request: HTTPRequest) -> Caller {
        let request = APIRequest(http: request, parameters: [:])
        guard let token = request.presentedToken else { return .stranger }
        let hash = SecretHash(of: token)
        if let caller = station.identity.enter({ $0.caller(forToken: hash) }) {
            return .user(caller.user)
        }
        if station.hosts.enter({ $0.isHost(token) }) { return .host }
        let isPaired = station.sessions.enter { (try? $0.summary(of: hash)) != nil }
        return isPaired ? .phone : .stranger
    }

    /// Adds what is to be kept of a request, in the turn in which it is answered.
    mutating func add(_ exchange: Exchange, _ outcome: Exchange.Outcome) {
        guard isKept(exchange, outcome) else { return }
        let caller = caller(of: exchange)
        let event = event(exchange, outcome, caller)
        let pace: AuditPace =
            switch (caller, event.isSuccess) {
            case (.stranger, _): .stranger
            case (_, true): .change
            case (_, false): .refusal
            }
        station.audit.enter { $0.add(event, pace) }
    }

    private func isKept(_ exchange: Exchange, _ outcome: Exchange.Outcome) -> Bool {
        if exchange.note?.isSilent == true { return false }
        guard case .refused(let error) = outcome else { return !exchange.changesNothing }
        if !exchange.changesNothing || exchange.request.isWebSocketHandshake { return true }
        if [401, 403, 429].contains(error.status) { return true }
        guard case .route = exchange.match else { return false }
        return PublishedAPI(path: exchange.request.path) == .workspaces
    }

    private func caller(of exchange: Exchange) -> Caller {
        if let user = exchange.note?.user { return .user(user) }
        return exchange.caller ?? caller(exchange.request)
    }

    // MARK: Wording

    private mutating func event(
        _ exchange: Exchange, _ outcome: Exchange.Outcome, _ caller: Caller
    ) -> AuditEvent {
        var event = AuditEvent(action(of: exchange))
        var words: [String] = []
        switch caller {
        case .user(let user):
            event.user = user.id
            event.userEmail = user.email
        case .host: words = ["host"]
        case .phone: words = ["paired phone"]
        case .stranger: break
        }
        event.api = PublishedAPI(path: exchange.request.path).rawValue
        event.address = exchange.request.remoteAddress
        var id: String?
        switch outcome {
        case .done(let made): id = made
        case .refused(let error):
            event.isSuccess = false
            words.append(error.message)
        }
        if case .route(let route, let parameters) = exchange.match {
            NamedThings(route, parameters, id: id).describe(&event)
        }
        if let note = exchange.note {
            note.complete(&event)
            if let details = note.details { words.append(details) }
        }
        event.details = words.joined(separator: ": ")
        return event
    }

    private mutating func action(of exchange: Exchange) -> String {
        let method = exchange.request.method.lowercased()
        guard case .route(let route, _) = exchange.match else { return method }
        if let action = exchange.note?.action ?? route.action { return action }
        let key = "\(route.method) \(route.path)"
        if let known = actions[key] { return known }
        let action = route.operation()?.action ?? method
        actions[key] = action
        return action
    }
}

extension AuditNote {
    fileprivate func complete(_ event: inout AuditEvent) {
        event.resource = resource ?? event.resource
        event.device = device ?? event.device
        event.session = session ?? event.session
        event.organization = organization ?? event.organization
        event.endReason = endReason
    }
}
