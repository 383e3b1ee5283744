package import Engine
import JSON
package import Recording
package import Station
package import Transport

/// The station's front door on the core: requests in, answers out, sockets to their owners.
package actor Gateway: CoreActor {
    package nonisolated let core: Core
    private let settings: GatewaySettings
    private var router = Router([])
    private var sockets: [UInt64: any SocketOwner] = [:]
    private var announced: [UInt64: any SocketOwner] = [:]
    /// Requests whose answers come later, without their bodies.
    private var unanswered: [UInt64: Exchange] = [:]
    private var audit: RequestAudit?
    /// Answers, and closes: after what they say is durable.
    private let answers: OutputPort<TransportOutput>
    /// What promises nothing about stored state: relayed frames, and saying that nothing can be
    /// stored now.
    private let immediate: OutputPort<TransportOutput>
    private var storeProblem: String?
    /// When that changed last.
    private var storeToldAt: Instant?
    private var identity: Identity?
    /// Open from the first socket that somebody's rights carry.
    private var rightsFeed: Subscription<RightsChange>?

    /// - Parameter perform: the transport; called on the core's thread, must not block.
    package init(
        core: Core, settings: GatewaySettings,
        perform: @escaping @Sendable ([TransportOutput]) -> Void
    ) {
        self.core = core
        self.settings = settings
        answers = core.outputPort(release: .durable, sink: perform)
        immediate = core.outputPort(release: .immediate, sink: perform)
    }

    /// Opens the routes of a station.
    ///
    /// - Parameter record: performs what is asked of the recorder.
    package func serve(
        _ station: FieldStation, record: @escaping @Sendable ([RecordingOrder]) -> Void
    ) {
        identity = station.identity
        audit = RequestAudit(station: station)
        let orders = core.outputPort(release: .immediate, sink: record)
        let routes =
            HealthRoutes.routes + PageRoutes(settings: settings, station: station).routes
            + ReachRoutes(settings: settings, station: station).routes
            + TrackerRoutes(settings: settings, station: station).routes
            + SessionRoutes(station: station).routes + RotorRoutes(station: station).routes
            + StationRoutes(station: station).routes
            + LeaseRoutes(station: station).routes + DeviceRoutes(station: station).routes
            + DeviceLocationRoutes(station: station).routes
            + LocationRoutes(station: station).routes + TrailRoutes(station: station).routes
            + LocationSocketRoutes(station: station, feed: locationFeed(station)).routes
            + ConnectionRoutes(station: station).routes
            + CommandRoutes(station: station).routes
            + CommandSocketRoutes(station: station, feed: commandFeed(station)).routes
            + gameNightRoutes(station) + workspaceRoutes(station)
            + LoginRoutes(station: station).routes
            + MeRoutes(station: station).routes + UserRoutes(station: station).routes
            + OrganizationRoutes(station: station).routes
            + SecondFactorRoutes(station: station, spelling: .own).routes
            + TokenRoutes(station: station).routes
            + MapRoutes().routes
            + RecordingRoutes(station: station, orders: orders).routes
            + TimelineRoutes(station: station).routes
            + DriverHealthRoutes(station: station) { [weak self] in
                self?.enter { $0.storeHealth }
            }.routes
        serve(routes + OpenAPIRoutes(described: routes).routes)
    }

    /// Opens these routes and no others.
    func serve(_ routes: [Route]) {
        router = Router(routes)
    }

    private func gameNightRoutes(_ station: FieldStation) -> [Route] {
        let feed = LiveFeed(
            core: core, station: station,
            send: { [answers] frame, sockets in answers.emit(.send(frame, to: sockets)) },
            close: { [answers] socket, code, reason in
                answers.emit(.close(webSocket: socket, code: code, reason: reason))
            })
        return HostLoginRoutes(station: station).routes
            + LiveSocketRoutes(feed: feed).routes + GameNightRoutes(station: station).routes
            + NightGameRoutes(station: station).routes + VoteRoutes(station: station).routes
            + GameRoutes(station: station).routes + WebhookRoutes(station: station).routes
    }

    private func locationFeed(_ station: FieldStation) -> LocationFeed {
        LocationFeed(core: core, locations: station.locations) { [answers] frame, sockets in
            answers.emit(.send(frame, to: sockets))
        }
    }

    private func commandFeed(_ station: FieldStation) -> NewsFeed<Command> {
        NewsFeed(
            core: core, topic: station.commands.updates, key: { $0.device },
            json: { command in
                let isConnected = station.commands.enter { $0.isConnected(command) }
                return [
                    "model": .string("Command"),
                    "data": .object(command.json(isConnected: isConnected)),
                ]
            },
            send: { [answers] frame, sockets in answers.emit(.send(frame, to: sockets)) })
    }

    private func workspaceRoutes(_ station: FieldStation) -> [Route] {
        let feed = NewsFeed(
            core: core, topic: station.workspaces.news, key: { $0.session.user },
            json: { $0.json },
            send: { [answers] frame, sockets in answers.emit(.send(frame, to: sockets)) })
        return WorkspaceLoginRoutes(station: station).routes
            + SecondFactorRoutes(station: station, spelling: .workspaces).routes
            + WorkspaceSocketRoutes(station: station, feed: feed).routes
            + WorkspaceRoutes(station: station).routes
            + WorkspaceSessionRoutes(station: station).routes
            + AuditLogRoutes(station: station).routes
            + ViewerRoutes(station: station, desk: viewerDesk(station)).routes
    }

    private func viewerDesk(_ station: FieldStation) -> ViewerDesk {
        // At once: behind a slow disk the program's own end would come first, and hide the reason.
        ViewerDesk(core: core, workspaces: station.workspaces) { [immediate] socket, code, reason in
            immediate.emit(.close(webSocket: socket, code: code, reason: reason))
        }
    }

    /// Where the transport hands in what it hears.
    package nonisolated func inputPort() -> InputPort<TransportInput> {
        core.inputPort(to: self) { $0.receive($1) }
    }

    /// Performs what a pairing session wants done with sockets.
    package func perform(_ output: RelayOutput) {
        switch output {
        case .deliver(let frame, let peers):
            let encoded: WebSocketFrame =
                frame.format == .text ? .text(frame.bytes) : .binary(frame.bytes)
            immediate.emit(.send(encoded, to: peers.map(\.number)))
        case .close(let peers, let code, let reason):
            for peer in peers {
                answers.emit(.close(webSocket: peer.number, code: code, reason: reason))
            }
        }
    }

    /// Where the store's health is told, nil when it is well.
    package nonisolated func storeHealthPort() -> InputPort<StoreHealthReport> {
        core.inputPort(to: self) { gateway, report in
            if gateway.storeProblem != report.problem { gateway.storeToldAt = gateway.core.now }
            gateway.storeProblem = report.problem
        }
    }

    private var storeHealth: DriverHealth {
        var health = DriverHealth(
            .store, "store", storeProblem == nil ? .ok : .lost, detail: storeProblem)
        health.stateAge = storeToldAt?.duration(to: core.now)
        return health
    }

    private func receive(_ input: TransportInput) {
        switch input {
        case .request(let request): answer(inWholeTree(request))
        case .opened(let socket):
            unanswered[socket] = nil
            guard let owner = announced.removeValue(forKey: socket) else { return }
            sockets[socket] = owner
            owner.opened(socket)
            watchRights(of: socket, owner)
        case .message(let socket, let message):
            sockets[socket]?.received(message, on: socket)
        case .closed(let socket, _):
            announced[socket] = nil
            unanswered[socket] = nil
            sockets.removeValue(forKey: socket)?.closed(socket)
        case .abandoned(let request):
            announced[request] = nil
            unanswered[request] = nil
        case .bridgeFailed(let number, let reason):
            announced[number] = nil
            guard let exchange = unanswered.removeValue(forKey: number) else { return }
            refuse(exchange, APIError(503, "the viewer cannot be reached: \(reason)"))
        case .bridged(let socket, let fromClient, let toClient):
            sockets[socket]?.bridged(socket, fromClient: fromClient, toClient: toClient)
        }
    }

    // MARK: Rights

    private func watchRights(of socket: UInt64, _ owner: any SocketOwner) {
        guard owner.dependsOnRights else { return }
        if rightsFeed == nil {
            rightsFeed = identity?.changes.subscribe(self, .latest(limit: 1) { _ in 0 }) {
                gateway, _ in gateway.askAgain()
            }
        }
        // Between the handshake and the socket the right may have gone.
        askAgain(socket, owner)
    }

    private func askAgain() {
        for (socket, owner) in sockets.sorted(by: { $0.key < $1.key }) { askAgain(socket, owner) }
    }

    /// Closes a socket that nobody has a right to any more (RFC 6455 §7.4.1: policy).
    private func askAgain(_ socket: UInt64, _ owner: any SocketOwner) {
        guard !owner.mayStay(socket) else { return }
        sockets[socket] = nil
        owner.closed(socket)
        answers.emit(.close(webSocket: socket, code: 1008, reason: "no right any more"))
    }

    // MARK: Answering

    /// The request with the path that it would have on a listener of everything.
    private func inWholeTree(_ request: HTTPRequest) -> HTTPRequest {
        guard request.listener < settings.bases.count else { return request }
        return request.below(settings.bases[request.listener])
    }

    private func answer(_ request: HTTPRequest) {
        var exchange = Exchange(request: request, match: router.match(request))
        if !exchange.changesNothing { exchange.caller = audit?.caller(request) }
        do throws(APIError) {
            try checkDefect(request)
            if let preflight = try crossOriginPreflight(request) {
                return try respond(to: exchange, preflight)
            }
            if request.isWebSocketHandshake { try checkOrigin(request) }
            try checkStore(request)
            try respond(to: exchange, exchange.match.answer(request))
        } catch {
            refuse(exchange, error)
        }
    }

    /// Gives a request the answer that it waits for; the store may have failed meanwhile.
    func answer(later number: UInt64, _ make: () throws(APIError) -> Reply) {
        guard let exchange = unanswered.removeValue(forKey: number) else { return }
        do throws(APIError) {
            try checkStore(exchange.request)
            try respond(to: exchange, make())
        } catch {
            refuse(exchange, error)
        }
    }

    /// Without a store nothing can be promised, but health can be told, a rotor be stopped, and a
    /// phone come back to the relay, which keeps nothing that it was promised.
    private func checkStore(_ request: HTTPRequest) throws(APIError) {
        guard let storeProblem, !request.path.hasSuffix("/health"),
            !request.path.hasSuffix("/stop"), !request.isWebSocketHandshake
        else { return }
        throw APIError(503, "the station cannot store anything now: \(storeProblem)")
            .with(header: "Retry-After", "5")
    }

    private func checkDefect(_ request: HTTPRequest) throws(APIError) {
        switch request.defect {
        case nil: break
        case .bodyTooLarge(let limit): throw APIError(413, "the body is over \(limit) bytes")
        case .invalidWebSocketHandshake:
            throw APIError(400, "this is not a complete WebSocket handshake (RFC 6455 §4.2.1)")
        }
    }

    private func respond(to exchange: Exchange, _ reply: Reply) throws(APIError) {
        let request = exchange.request
        switch reply {
        case .json(let status, let value):
            audit?.add(exchange, .done(id: status == 201 ? value.id : nil))
            send(
                request, status, [.init(name: "Content-Type", value: "application/json")],
                value.bytes())
        case .content(let type, let bytes, let headers):
            audit?.add(exchange, .done(id: nil))
            send(request, 200, [.init(name: "Content-Type", value: type)] + headers, bytes)
        case .empty(let status):
            audit?.add(exchange, .done(id: nil))
            send(request, status, [], [])
        case .later(let begin):
            unanswered[request.id] = exchange.withoutBody
            begin(LaterReply(gateway: self, request: request.id))
        case .upgrade(let owner):
            try announce(owner, for: request)
            emit(.upgrade(request: request.id, headers: HTTPHeaders([])))
        case .bridge(let plan, let owner):
            try announce(owner, for: request)
            unanswered[request.id] = exchange.withoutBody
            emit(.bridge(request: request.id, to: plan))
        case .outside(let wanted):
            audit?.add(exchange, .done(id: nil))
            emit(
                .content(
                    request: request.id,
                    ContentPlan(
                        wanted: wanted.words, pace: wanted.pace,
                        knownTags: request.headers["If-None-Match"],
                        headers: commonHeaders(request))))
        case .noted(let note, let reply):
            var exchange = exchange
            exchange.note = note
            try respond(to: exchange, reply)
        }
    }

    /// Remembers whose socket a handshake is going to be.
    private func announce(_ owner: any SocketOwner, for request: HTTPRequest) throws(APIError) {
        guard request.isWebSocketHandshake else {
            throw APIError(426, "this address speaks WebSocket only")
                .with(header: "Upgrade", "websocket")
        }
        announced[request.id] = owner
    }

    private func emit(_ answer: TransportOutput) {
        let port = storeProblem == nil ? answers : immediate
        port.emit(answer)
    }

    private func refuse(_ exchange: Exchange, _ error: APIError) {
        var exchange = exchange
        exchange.note = error.note ?? exchange.note
        let request = exchange.request
        // What cannot be stored now is not kept for later, either: nobody knows how much comes.
        if storeProblem == nil { audit?.add(exchange, .refused(error)) }
        let dialect = PublishedAPI(path: request.path).dialect
        core.log(
            error.status >= 500 ? .error : .info, "http", "refused",
            [
                "status": String(error.status), "method": request.method,
                "path": Redaction.path(request.path), "reason": error.message,
            ])
        send(
            request, error.status,
            [.init(name: "Content-Type", value: dialect.contentType)] + error.headers,
            JSONValue.object(dialect.body(of: error)).bytes())
    }

    private func send(
        _ request: HTTPRequest, _ status: Int, _ headers: [HTTPHeaders.Field], _ body: [UInt8]
    ) {
        var all = HTTPHeaders(headers.map { ($0.name, $0.value) })
        for field in commonHeaders(request).fields { all.add(field.name, field.value) }
        emit(
            .respond(
                request: request.id, HTTPResponse(status: status, headers: all, body: body)))
    }

    /// Those of every answer.
    private func commonHeaders(_ request: HTTPRequest) -> HTTPHeaders {
        var headers = HTTPHeaders([("X-Request-Id", RequestID.echo(request))])
        if let origin = crossOrigin(request) {
            headers.add("Access-Control-Allow-Origin", origin)
            headers.add("Vary", "Origin")
        }
        return headers
    }

    // MARK: Origins

    /// The value of `Access-Control-Allow-Origin` for this request; nil when it gets none.
    private func crossOrigin(_ request: HTTPRequest) -> String? {
        guard let origin = request.headers["Origin"] else { return nil }
        if settings.corsOrigins.contains("*") || isOpen(request) { return "*" }
        return settings.corsOrigins.contains(origin) ? origin : nil
    }

    /// Game nights are for pages of anywhere, as in the original: no cookie opens anything there.
    private func isOpen(_ request: HTTPRequest) -> Bool {
        PublishedAPI(path: request.path) == .gameNight
    }

    private func crossOriginPreflight(_ request: HTTPRequest) throws(APIError) -> Reply? {
        guard request.method == "OPTIONS", request.headers["Access-Control-Request-Method"] != nil
        else { return nil }
        guard crossOrigin(request) != nil else {
            throw APIError(403, "pages of this origin may not call; see the setting cors")
        }
        guard let allowed = router.allowed(at: request.path) else {
            throw APIError(404, "there is nothing at \(request.path)")
        }
        return .content(
            type: "text/plain", bytes: [],
            headers: [
                .init(name: "Access-Control-Allow-Methods", value: allowed),
                .init(name: "Access-Control-Allow-Headers", value: "Authorization, Content-Type"),
                .init(name: "Access-Control-Max-Age", value: "600"),
            ])
    }

    /// A page of another host must not open a socket here with its visitor's rights.
    private func checkOrigin(_ request: HTTPRequest) throws(APIError) {
        guard let origin = request.headers["Origin"], !isOpen(request) else { return }
        if settings.socketOrigins.contains(origin) || settings.socketOrigins.contains("*") {
            return
        }
        let host = origin.split(separator: "/", omittingEmptySubsequences: true).last.map(
            String.init)
        guard host != nil, host?.lowercased() == request.headers["Host"]?.lowercased() else {
            throw APIError(
                403, "the origin \(origin) may not open sockets here; see the setting origins")
        }
    }
}

extension Exchange {
    /// What an answer needs to know of it.
    fileprivate var withoutBody: Exchange {
        var exchange = self
        exchange.request = request.copy(path: request.path, body: [])
        return exchange
    }
}

extension JSONValue {
    /// The id of what an answer shows.
    fileprivate var id: String? {
        switch objectValue?["id"] {
        case .string(let id)?: id
        case .integer(let id)?: String(id)
        default: nil
        }
    }
}

extension HTTPRequest {
    /// The same with what its listener leaves out of paths.
    fileprivate func below(_ base: Base) -> HTTPRequest {
        base == .root ? self : copy(path: "/\(base.rawValue)\(path)", body: body)
    }

    fileprivate func copy(path: String, body: [UInt8]) -> HTTPRequest {
        HTTPRequest(
            id: id, listener: listener, method: method, path: path, query: query, headers: headers,
            body: body, remoteAddress: remoteAddress, isSecure: isSecure,
            isWebSocketHandshake: isWebSocketHandshake, defect: defect)
    }
}
