import Drivers
import Engine
import Simulation
import Synchronization

/// Stands in for the sockets of a live station: recorded devices at the recorded times.
final class RecordedDeviceEdge: LinkEdge {
    private struct State {
        /// The device behind each connection that is open.
        var open: [LinkID: String] = [:]
        /// How many of its sayings each device has said.
        var said: [String: Int] = [:]
        var isEnding = false
    }

    private let devices: RecordedDevices
    private let onEvent: @Sendable (LinkID, LinkEvent) -> Void
    private let state = Mutex(State())
    private let started = ContinuousClock.now
    private let thread = Mutex<SystemThread?>(nil)

    /// How exactly the recorded times are kept.
    private static let step = Duration.milliseconds(20)

    init(
        _ devices: RecordedDevices, onEvent: @escaping @Sendable (LinkID, LinkEvent) -> Void
    ) throws(LinkError) {
        self.devices = devices
        self.onEvent = onEvent
        do throws(SystemThreadError) {
            let thread = try SystemThread(name: "devices") { [self] in run() }
            self.thread.withLock { $0 = thread }
        } catch {
            throw .other(11)  // EAGAIN, as pthread_create(3) says it
        }
    }

    func perform(_ action: LinkAction, on link: LinkID) {
        switch action {
        case .connect(let host, let port, _): connect(RecordedDevices.address(host, port), link)
        case .send(let bytes): answer(bytes, on: link)
        case .close:
            let wasOpen = state.withLock { $0.open.removeValue(forKey: link) != nil }
            if wasOpen { onEvent(link, .closed(.cancelled)) }
        }
    }

    func stop() {
        state.withLock { $0.isEnding = true }
        thread.withLock { thread in
            defer { thread = nil }
            return thread
        }?.join()
    }

    private func connect(_ address: String, _ link: LinkID) {
        guard let device = devices.devices[address] else {
            return onEvent(link, .closed(.refused))
        }
        state.withLock { $0.open[link] = address }
        onEvent(link, .connected)
        // A receiver greets first, wherever the replay stands.
        let greeting = device.sayings.lazy.compactMap { saying -> [UInt8]? in
            if case .received(let bytes) = saying.event { bytes } else { nil }
        }.first
        if device.answers.isEmpty, let greeting { onEvent(link, .received(greeting)) }
    }

    private func answer(_ bytes: [UInt8], on link: LinkID) {
        guard let address = state.withLock({ $0.open[link] }),
            let device = devices.devices[address],
            !device.answers.isEmpty
        else { return }
        let now = started.duration(to: .now)
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let verb = RecordedDevices.verb(String(line))
            let known = device.answers[verb] ?? []
            let answer = known.last { $0.at <= now } ?? known.first
            onEvent(link, .received(answer?.bytes ?? Array("RPRT 0\n".utf8)))
        }
    }

    private func run() {
        while !state.withLock({ $0.isEnding }) {
            let now = started.duration(to: .now)
            for (address, device) in devices.devices where device.answers.isEmpty {
                say(device, address, until: now)
            }
            SystemThread.sleep(Self.step)
        }
    }

    private func say(_ device: RecordedDevices.Device, _ address: String, until now: Duration) {
        while true {
            let next = state.withLock { state -> (LinkEvent, LinkID?)? in
                let index = state.said[address, default: 0]
                guard index < device.sayings.count, device.sayings[index].at <= now else {
                    return nil
                }
                state.said[address] = index + 1
                let link = state.open.first { $0.value == address }?.key
                if let link, case .closed = device.sayings[index].event {
                    state.open[link] = nil
                }
                return (device.sayings[index].event, link)
            }
            guard let (event, link) = next else { return }
            // Connections are made by the station that runs now.
            guard let link, event != .connected else { continue }
            onEvent(link, event)
        }
    }
}
