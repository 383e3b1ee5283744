/// A row of a picture: one conversation with the outside, or one actor's timers.
struct Lane: Equatable, Sendable {
    enum Group: Int, CaseIterable, Sendable {
        case marks
        case devices
        case clients
        case actors
        case log
        case store
        case core

        var title: String {
            switch self {
            case .marks: "Simulation"
            case .devices: "Devices"
            case .clients: "Clients"
            case .actors: "Timers of actors"
            case .log: "Log"
            case .store: "Store"
            case .core: "Core"
            }
        }
    }

    let group: Group
    let name: String
}

extension Lane {
    /// Where an entry of that kind and stream is shown.
    init(_ kind: RecordedEntry.Kind, stream: String) {
        let first = String(stream.prefix { $0 != "/" })
        let isMessage = kind == .input || kind == .output
        let group: Group =
            switch kind {
            case .mark: .marks
            case .timer: .actors
            case .log: .log
            case .input, .output:
                switch first {
                case "http", "ws": .clients
                case "store": .store
                case "clock", "entropy", "passwords": .core
                default: .devices
                }
            }
        // Every request is a stream of its own; a row for each would say nothing.
        let isOne = isMessage && ["http", "passwords"].contains(first)
        self.init(group: group, name: isOne ? first : stream)
    }

    /// The lane of those of a group that got none of their own.
    static func others(_ group: Group) -> Lane { Lane(group: group, name: "others") }
}

/// Gives lanes numbers as they turn up.
struct LaneNumbers {
    private(set) var lanes: [Lane] = []
    private var numbers: [String: Int] = [:]
    private let most: Int

    init(most: Int) {
        self.most = most
    }

    mutating func number(of lane: Lane) -> Int {
        if let number = numbers[Self.key(lane)] { return number }
        let isFull = lanes.count >= most
        let lane = isFull ? .others(lane.group) : lane
        if isFull, let number = numbers[Self.key(lane)] { return number }
        lanes.append(lane)
        numbers[Self.key(lane)] = lanes.count - 1
        return lanes.count - 1
    }

    /// Positions of the lanes in the order in which they are shown: by group, as they turned up.
    var shownOrder: [Int] {
        lanes.indices.sorted {
            (lanes[$0].group.rawValue, $0) < (lanes[$1].group.rawValue, $1)
        }
    }

    private static func key(_ lane: Lane) -> String { "\(lane.group.rawValue)/" + lane.name }
}
