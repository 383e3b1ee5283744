import Engine

/// One driver's side of its connection: it numbers them, and knows which is the present one.
struct DeviceLink {
    let number: Int
    private let stream: StreamName
    private let output: OutputPort<LinkRequest>
    private var connection = 0

    init(number: Int, stream: StreamName, output: OutputPort<LinkRequest>) {
        self.number = number
        self.stream = stream
        self.output = output
    }

    mutating func perform(_ action: LinkAction) {
        if case .connect = action { connection += 1 }
        output.emit(
            LinkRequest(
                stream: stream, link: LinkID(driver: number, connection: connection),
                action: action))
    }

    /// False for what an earlier connection left behind.
    func isCurrent(_ report: LinkReport) -> Bool {
        report.link.connection == connection
    }
}
