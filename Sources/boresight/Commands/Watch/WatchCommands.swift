/// `boresight watch`: what happens, as it happens.
enum WatchCommands {
    static let command = Command(
        "watch", "Follow what happens, one line an update", verbs: [WatchLocations.command])
}

/// A message of a socket as a line.
enum MessageLine {
    /// As it came, on one line: what breaks lines in JSON is blank space.
    static func json(_ message: String) -> String {
        String(
            String.UnicodeScalarView(
                message.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 })) + "\n"
    }
}
