import Drivers
import Engine
import Station

/// What a browser is shown of a session.
enum SessionPage {
    /// How a session and its stream are, in a sentence.
    static func state(_ session: WorkspaceSession, _ stream: Workspaces.Stream?) -> String {
        if let ended = session.endedAt {
            let why = session.end.map(reason) ?? ""
            return "The session ended at \(ended.text(.seconds)): \(why)."
        }
        switch stream {
        case .starting?: return "The session is starting."
        case .open?: return "The session is running, and its stream can be opened."
        case .absent?: return "The session is running. It has nothing to look at."
        case nil: return "The session is ending."
        }
    }

    private static func reason(_ end: WorkspaceSession.End) -> String {
        switch end {
        case .disconnected: "it was disconnected"
        case .stopped: "the workspace was stopped"
        case .loggedOut: "its user logged out"
        case .expired: "it took as long as it may"
        case .idle: "nobody did anything in it"
        case .heartbeatLost: "nobody was heard of"
        case .forced: "an administrator ended it"
        case .workspaceDeleted: "the workspace was deleted"
        case .crashed: "its program ended by itself"
        case .startFailed: "its program could not be started"
        case .interrupted: "the station was restarted"
        }
    }

    static func html(_ session: WorkspaceSession, _ stream: Workspaces.Stream?) -> String {
        // Whoever waits for it to start, or for its end, need not ask again.
        let refresh =
            session.isActive ? #"<meta http-equiv="refresh" content="5">"# : ""
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            \(refresh)
            <title>\(escaped(session.workspaceName))</title>
            <link rel="stylesheet" href="../assets/shell/shell.css">
            <script src="../assets/shell/theme.js"></script>
            </head>
            <body>
            <main>
            <h1>\(escaped(session.workspaceName))</h1>
            <p id="state" data-status="\(session.status.rawValue)">\
            \(escaped(state(session, stream)))</p>
            <dl>
            <div><dt>Session</dt><dd>\(escaped(session.id))</dd></div>
            <div><dt>Since</dt><dd>\(session.startedAt.text(.seconds))</dd></div>
            <div><dt>Tunnel</dt><dd>\(session.tunnel.rawValue)</dd></div>
            <div><dt>Recorded</dt><dd>\(session.isRecorded ? "yes" : "no")</dd></div>
            </dl>
            </main>
            </body>
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { html, scalar in
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.unicodeScalars.append(scalar)
            }
        }
    }
}
