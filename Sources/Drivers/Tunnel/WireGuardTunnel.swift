package import Engine

/// The peers of a WireGuard interface, asked of wg(8): that works with the kernel's WireGuard and
/// with one outside of it.
///
/// Questions at the same time share one answer.
package actor WireGuardTunnel: TunnelDriver {
    private enum Part: String, CaseIterable {
        case allowed = "allowed-ips"
        case handshakes = "latest-handshakes"
    }

    package nonisolated let core: Core
    private let interface: String
    private let program: String
    private let runs: ProcessRuns
    private let limits: WireGuardLimits
    private var questions: [(address: String, then: @Sendable (TunnelStatus) -> Void)] = []
    /// The runs under way, and what those before them have printed.
    private var asked: [Part: UInt64] = [:]
    private var printed: [Part: String] = [:]
    private var answer: (peers: WireGuardPeers, until: Instant)?
    private var lookUps = 0
    package private(set) var lastLook: TunnelLook?
    private var isFailing: Bool { lastLook?.problem != nil }
    private lazy var timer = Timer(on: self) { $0.fail("no answer in time") }

    /// - Parameters:
    ///   - interface: such as `wg0`.
    ///   - program: where wg(8) is.
    package init(
        core: Core, interface: String, runs: ProcessRuns, program: String = "/usr/bin/wg",
        limits: WireGuardLimits = WireGuardLimits()
    ) {
        self.core = core
        self.interface = interface
        self.program = program
        self.runs = runs
        self.limits = limits
    }

    package func status(
        of address: String, then: @escaping @Sendable (TunnelStatus) -> Void
    ) {
        if let answer, core.now < answer.until {
            return then(answer.peers.status(of: address, at: core.utc, limits: limits))
        }
        questions.append((address, then))
        if questions.count == 1 { ask() }
    }

    private func ask() {
        lookUps += 1
        printed = [:]
        timer.arm(after: limits.patience)
        let number = lookUps
        for part in Part.allCases {
            let call = ProgramCall(
                name: "tunnel-\(interface)-\(number)-\(part.rawValue)", executable: program,
                arguments: ["show", ProgramText(interface), ProgramText(part.rawValue)],
                output: .captured, stopGrace: .zero)
            asked[part] = runs.start(call) { [weak self] event in
                self?.enter { $0.hear(event, of: part, in: number) }
            }
        }
    }

    private func hear(_ event: ProcessEvent, of part: Part, in lookUp: Int) {
        // Of one that was given up nobody wants to hear.
        guard lookUp == lookUps, asked[part] != nil else { return }
        switch event {
        case .started: break
        case .output(let bytes): printed[part] = String(decoding: bytes, as: UTF8.self)
        case .ended(exitCode: 0):
            asked[part] = nil
            if asked.isEmpty { answerAll() }
        case .ended:
            fail(printed[part]?.split(separator: "\n").first.map(String.init) ?? "no reason")
        case .signalled(let name): fail("the signal \(name) ended it")
        case .failed(let error): fail(error.description)
        }
    }

    private func answerAll() {
        guard
            let peers = WireGuardPeers(
                allowed: printed[.allowed] ?? "", handshakes: printed[.handshakes] ?? "")
        else { return fail("its list of peers cannot be read") }
        lastLook = TunnelLook(at: core.now, problem: nil)
        answer = (peers, core.now.advanced(by: limits.answerLife))
        let now = core.utc
        end { [limits] in peers.status(of: $0, at: now, limits: limits) }
    }

    private func fail(_ reason: String) {
        // Once, and again only when it has worked in between.
        if !isFailing {
            core.log(
                .warning, "tunnel", "wg does not say who comes through the tunnel",
                ["interface": interface, "reason": reason])
        }
        lastLook = TunnelLook(at: core.now, problem: reason)
        for part in Part.allCases {
            if let run = asked.removeValue(forKey: part) { runs.stop(run) }
        }
        end { _ in .unknown }
    }

    private func end(_ status: (String) -> TunnelStatus) {
        timer.cancel()
        let answered = questions
        questions = []
        for question in answered { question.then(status(question.address)) }
    }
}
