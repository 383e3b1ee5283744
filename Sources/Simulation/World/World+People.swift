import Engine
import JSON
import Station
import Transport

/// What people do: the operator at the keyboard, the phones' owners.
extension World {
    /// Sets the station up as an operator would, through its API.
    func setUp() {
        startStation()
        let body = scenario.rotor
        var rotor: JSONObject = [
            "name": .string("mast"), "host": .string(DeviceAddress.rotor), "port": .integer(4533),
            "min_azimuth": .number(body.azimuthDegrees.lowerBound),
            "max_azimuth": .number(body.azimuthDegrees.upperBound),
            "min_elevation": .number(body.elevationDegrees.lowerBound),
            "max_elevation": .number(body.elevationDegrees.upperBound),
            "deadband": .number(body.deadBandDegrees),
        ]
        if !body.keepOut.isEmpty {
            rotor["keep_out"] = .array(body.keepOut.map { .object($0.json) })
        }
        let added = call("POST", "/api/rotors", JSONValue.object(rotor).text)
        precondition(added?.status == 201, "the simulated station has no rotor")
        let session = call("POST", "/api/sessions", nil)
        let answer = session.flatMap { try? JSONReader.read($0.body) }?.objectValue
        sessionToken = answer?["token"]?.stringValue ?? ""
        names.keep([.init(name: "session", member: "token")], of: session?.body ?? [])
        precondition(!sessionToken.isEmpty, "the simulated station has no session")
        let pairing: JSONValue = ["token": .string(sessionToken)]
        let paired = call("POST", "/api/rotors/1/pair", pairing.text)
        precondition(paired?.status == 200, "the simulated rotor has no session")
        plan()
    }

    /// Queues everything that the scenario says will happen.
    private func plan() {
        queue.add(.epoch, at: .start.advanced(by: .milliseconds(100)))
        for (index, phone) in scenario.phones.enumerated() {
            queue.add(.phone(index, .opens), at: .start.advanced(by: phone.joins))
            // The owner of the first chooses to be followed as soon as the page is there.
            if index == 0 { phones[index].unconfirmedMode = "track" }
            queue.add(.phone(index, .reports), at: .start.advanced(by: phone.joins + phone.every))
        }
        for (index, step) in scenario.workload.enumerated() {
            queue.add(.work(index), at: .start.advanced(by: step.at))
        }
        for (index, fault) in scenario.faults.enumerated() {
            queue.add(.fault(index, begins: true), at: .start.advanced(by: fault.at))
            queue.add(.fault(index, begins: false), at: .start.advanced(by: fault.end))
        }
    }

    func work(_ index: Int) {
        let step = scenario.workload[index]
        switch step.action {
        case .mode(let mode, let name):
            followsPhone = mode == "track"
            if let index = phone(named: name) { choose(mode, index) }
        case .target(let azimuth, let elevation, let name):
            followsPhone = false
            let message: JSONValue = [
                "type": .string("target"),
                "target": ["azimuth": .number(azimuth), "elevation": .number(elevation)],
            ]
            if let index = phone(named: name) { say(index, message.text) }
        case .request(let call):
            // Whoever points, stops or parks by hand does not follow the phone any more.
            let word = call.path.split(separator: "/").last
            if let word, ["point", "stop", "park"].contains(word) { followsPhone = false }
            request(call)
        case .watch(let path, let caller, let name, let returns):
            watch(path, as: caller, name: name, returns: returns)
        case .say(let text, let name, let every):
            say(text, as: name, isGreeting: every == nil)
            if let every { queue.add(.work(index), at: now.advanced(by: every)) }
        case .deaf(let name): deafen(name)
        }
    }

    private func phone(named name: String) -> Int? {
        phones.firstIndex { $0.trip.name == name }
    }

    /// Sends a request and waits for its answer, which takes the disk's time.
    private func call(_ method: String, _ path: String, _ body: String?) -> HTTPResponse? {
        answer = nil
        awaited = request(WrittenRequest(method: method, path: path, body: body))
        defer { awaited = nil }
        var patience = 1000
        runStation()
        while answer == nil, let next = nextTime, patience > 0 {
            patience -= 1
            step(to: next)
        }
        return answer
    }

    @discardableResult
    private func request(_ call: WrittenRequest) -> UInt64 {
        let number = newNumber()
        guard let station else { return number }
        var headers = HTTPHeaders([
            ("Host", "station"), ("Authorization", "Bearer \(token(of: call.caller))"),
        ])
        if call.body != nil { headers.add("Content-Type", "application/json") }
        let path = names.filled(call.path).split(separator: "?", maxSplits: 1)
        noteMonitorStart(path.first ?? "")
        waiting[number] = .call(call)
        queue.add(.overdue(number), at: now.advanced(by: .seconds(10)))
        station.transport.send(
            .request(
                HTTPRequest(
                    id: number, method: call.method, path: String(path.first ?? ""),
                    query: path.dropFirst().first.map { String($0) }, headers: headers,
                    body: call.body.map { Array(names.filled($0).utf8) } ?? [])))
        return number
    }

    /// A call after which a game has another monitor than before.
    private func noteMonitorStart(_ path: Substring) {
        let words = path.split(separator: "/")
        guard let word = words.last, ["start-player-check", "room-code"].contains(word),
            let game = words.dropLast().last.flatMap({ Int($0) })
        else { return }
        monitorStarts[game, default: 0] += 1
    }

    /// The token that a person has; the administrator's for nobody.
    func token(of caller: String?) -> String {
        caller.map { names[$0] ?? "" } ?? adminToken
    }
}
