private import Glibc

/// A started program with its life and its output. Confined to the edge's thread.
final class RunningProgram {
    let number: UInt64
    let name: String
    private var owner: ProcessOwner
    /// The port that it is to listen on, and whether that was picked for it.
    let port: UInt16?
    let hasPickedPort: Bool
    let process: SpawnedProgram
    var life: ProcessRun
    private(set) var hasEnded = false
    private(set) var outputIsOpen = true
    private var sink: ProgramSink

    init(
        number: UInt64, call: ProgramCall, cookie: ProcessCookie, port: UInt16?,
        process: SpawnedProgram, sink: consuming ProgramSink, life: ProcessRun
    ) {
        self.number = number
        name = call.name
        self.port = port
        hasPickedPort = call.readiness == .pickedPort
        self.process = process
        owner = ProcessOwner(cookie: cookie, leader: process.id)
        self.sink = sink
        self.life = life
    }

    /// Notes that the leader has ended; its number stays its own until it is reaped.
    func noteEnd() {
        hasEnded = true
    }

    /// Signals what is left of it; how many that are, or 1 when nobody can say.
    ///
    /// The group is signalled at once, so that nothing can be started beside; what has left it was
    /// found before, while its parents lived.
    func look(_ signal: ProcessRun.Signal?) -> Int {
        let left = ProcessList.processes(of: owner)
        if let signal { kill(-process.id, signal.number) }
        guard let left else { return 1 }
        owner.known = Set(left.map(\.identity))
        for entry in left where entry.group != process.id {
            if let signal { ProcessList.signal(signal.number, entry) }
        }
        return left.count
    }

    /// Takes one piece of its output; false when there is none now.
    ///
    /// - Parameter buffer: for the piece; its size leaves other programs their turn.
    func takeOutput(_ buffer: UnsafeMutableRawBufferPointer) throws(ProcessError) -> Bool {
        guard outputIsOpen else { return false }
        let count = read(process.output, buffer.baseAddress, buffer.count)
        if count > 0 {
            try sink.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            return true
        }
        if count == 0 || errno != EAGAIN && errno != EINTR { outputIsOpen = false }
        return false
    }

    /// What is to be reported of its output at its end.
    var captured: [UInt8]? { sink.captured }
}

extension ProcessRun.Signal {
    fileprivate var number: Int32 {
        switch self {
        case .terminate: SIGTERM
        case .kill: SIGKILL
        }
    }
}

/// Where a program's output goes.
struct ProgramSink: ~Copyable {
    private var log: ProgramLog?
    private(set) var captured: [UInt8]?
    private let most: Int

    init(_ output: ProgramOutput, _ limits: ProcessLimits) throws(ProcessError) {
        most = limits.outputBytes
        switch output {
        case .captured:
            captured = []
            log = nil
        case .log(let path, let bytes): log = try ProgramLog(path: path, bytes: bytes)
        }
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) throws(ProcessError) {
        log?.add(bytes)
        guard let before = captured?.count else { return }
        captured?.append(contentsOf: bytes.prefix(most - before))
        if before + bytes.count > most { throw .outputTooLong }
    }
}
