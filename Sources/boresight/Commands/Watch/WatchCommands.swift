/// `boresight watch`: what happens, as it happens.
enum WatchCommands {
    static let command = Command(
        "watch", "Follow what happens, one line an update",
        verbs: [WatchLocations.command, WatchOrders.command, WatchSessions.command])

    static let discussion = """
        Goes on across restarts of the server and lost connections, and says so on
        standard error. Ctrl-C ends it. With --output json each line is the server's
        message as it came.
        """
}
