import JSON

/// Follows a socket of a server for as long as it may: across lost connections and restarts.
struct SocketFollower {
    let connection: ServerConnection
    let path: String
    /// What to do about a refusal.
    let remedy: String
    let context: CommandContext

    /// Writes every message: as it came for programs, as the cells of a line for people.
    func follow(
        as format: OutputFormat, _ columns: [(title: String, width: LineColumns.Width)],
        cells: (JSONObject) -> [String]
    ) throws(CommandFailure) {
        let columns = LineColumns(columns)
        try follow {
            if format == .table { context.print(columns.header) }
        } hear: { message in
            switch format {
            case .json: context.print(Self.line(message))
            case .table:
                let value = try? JSONReader.read(Array(message.utf8))
                context.print(columns.line(cells(value?.objectValue ?? JSONObject())))
            }
            return true
        }
    }

    /// The message on one line: what breaks lines in JSON is blank space.
    private static func line(_ message: String) -> String {
        let scalars = message.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }
        return String(String.UnicodeScalarView(scalars)) + "\n"
    }

    /// Hands on every message until the server refuses, or `hear` has heard enough.
    ///
    /// - Parameters:
    ///   - begin: called once, when the server has first agreed.
    ///   - hear: false when nothing more is wanted.
    private func follow(begin: () -> Void, hear: (String) -> Bool) throws(CommandFailure) {
        var plan = FollowingPlan(server: connection.server, remedy: remedy)
        var hasBegun = false
        while true {
            let step: FollowingPlan.Step?
            do throws(SocketProblem) {
                let socket = try context.openSocket(connection, path)
                if !hasBegun { begin() }
                hasBegun = true
                if let notice = plan.opened() { say(notice) }
                step = listen(to: socket, &plan, hear)
            } catch {
                step = plan.failed(error, jitter: .random(in: 0..<1))
            }
            switch step {
            case nil: return
            case .end(let failure)?: throw failure
            case .retry(let pause, let notice)?:
                if let notice { say(notice) }
                context.pause(pause)
            }
        }
    }

    /// What to do at the end of the socket; nil when nothing more is wanted.
    private func listen(
        to socket: any APISocket, _ plan: inout FollowingPlan, _ hear: (String) -> Bool
    ) -> FollowingPlan.Step? {
        while true {
            let news = socket.next()
            if case .text(let text) = news {
                guard hear(text) else { return nil }
            } else if let step = plan.ended(news, jitter: .random(in: 0..<1)) {
                return step
            }
        }
    }

    private func say(_ notice: String) {
        context.printError("boresight: \(Words.printable(notice))\n")
    }
}
