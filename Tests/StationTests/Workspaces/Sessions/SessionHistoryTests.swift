import Drivers
import Engine
@testable import Station
import Testing

@Suite struct SessionHistoryTests {
    private func session(_ number: Int, of user: String = "eva") -> WorkspaceSession {
        WorkspaceSession(
            id: "s\(number)", user: user, userEmail: user, workspace: "w", workspaceName: "W",
            workspaceType: "linux", startedAt: UTCTime(nanoseconds: Int64(number)), address: "",
            tunnel: .none, isMFAVerified: false, isRecorded: false)
    }

    private func ended(_ session: WorkspaceSession) -> WorkspaceSession {
        session.ended(.stopped, at: session.startedAt.advanced(by: .seconds(1)))
    }

    @Test func `a user's are listed newest first, and nobody else's`() {
        var history = SessionHistory()
        for number in 0..<5 { history.put(session(number, of: number == 2 ? "tom" : "eva")) }
        #expect(history.sessions(of: "eva").map(\.id) == ["s4", "s3", "s1", "s0"])
        #expect(history.sessions(of: "tom").map(\.id) == ["s2"])
        #expect(history.sessions(of: "kim").map(\.id) == [])
        #expect(history.active { $0.user == "eva" }.map(\.id) == ["s0", "s1", "s3", "s4"])
    }

    @Test func `what ended first is forgotten first, and what goes on is not`() {
        var history = SessionHistory()
        for number in 0..<5 { history.put(session(number)) }
        for number in [3, 0, 4] { history.put(ended(session(number))) }
        history.put(ended(session(3)))
        #expect(history.removeTheOldest(over: 3) == [])
        #expect(history.removeTheOldest(over: 1).map(\.id) == ["s3", "s0"])
        #expect(history.sessions(of: "eva").map(\.id) == ["s4", "s2", "s1"])
        #expect(history["s3"] == nil)
        #expect(history.active { _ in true }.map(\.id) == ["s1", "s2"])
    }

    @Test func `what was stored stands in the order of its starts`() {
        let history = SessionHistory([session(3), ended(session(1)), session(2)])
        #expect(history.sessions(of: "eva").map(\.id) == ["s3", "s2", "s1"])
        #expect(history.active { _ in true }.map(\.id) == ["s2", "s3"])
    }
}
