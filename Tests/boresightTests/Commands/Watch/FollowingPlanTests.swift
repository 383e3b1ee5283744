import Testing

@testable import boresight

@Suite struct FollowingPlanTests {
    private func plan() throws -> FollowingPlan {
        FollowingPlan(server: try WebAddress(text: "http://h:1"), remedy: "ask for it")
    }

    private static let gone = SocketProblem.unreachable(.absent(reason: "refused"))

    @Test func `a server that was never there is a mistake, one that was will be back`() throws {
        var plan = try plan()
        let first = plan.failed(Self.gone, jitter: 0)
        #expect(
            first
                == .end(
                    CommandFailure(
                        .unavailable, "cannot reach http://h:1: refused",
                        hint: "is the daemon running? start it with: boresight serve")))
        let welcome = plan.opened()
        #expect(welcome == nil)
        let later = plan.failed(Self.gone, jitter: 1)
        #expect(
            later
                == .retry(
                    after: .milliseconds(250),
                    notice: "cannot reach http://h:1: refused; trying again"))
        let news = plan.opened()
        #expect(news == "following again")
    }

    @Test func `pauses grow until it is open again, and the same reason is told once`() throws {
        var plan = try plan()
        _ = plan.opened()
        let lost = plan.ended(.lost(reason: "lost"), jitter: 1)
        #expect(lost == .retry(after: .milliseconds(250), notice: "lost; trying again"))
        _ = plan.failed(Self.gone, jitter: 1)
        for milliseconds in [1000, 2000, 4000, 5000, 5000] {
            let step = plan.failed(Self.gone, jitter: 1)
            #expect(step == .retry(after: .milliseconds(milliseconds), notice: nil))
        }
        _ = plan.opened()
        let closed = plan.ended(.closed(code: 1001, reason: ""), jitter: 1)
        #expect(
            closed == .retry(after: .milliseconds(250), notice: "closed with 1001; trying again"))
    }

    static let refusals: [(Int, Bool)] = [
        (401, true), (403, true), (404, true), (410, true), (400, true),
        (429, false), (500, false), (503, false),
    ]

    @Test(arguments: refusals)
    func `a refusal ends it, a server that is not well does not`(
        status: Int, ends: Bool
    ) throws {
        var plan = try plan()
        _ = plan.opened()
        let reply = APIReply(status: status, body: Array(#"{"detail":"no"}"#.utf8))
        switch plan.failed(.refused(reply), jitter: 0) {
        case .end(let failure):
            #expect(ends)
            #expect(
                failure
                    == CommandFailure(.failure, "the server refuses: no", hint: "ask for it"))
        case .retry: #expect(!ends)
        }
    }

    @Test func `a right that is lost ends it`() throws {
        var plan = try plan()
        _ = plan.opened()
        let ended = plan.ended(.closed(code: 1008, reason: "no right any more"), jitter: 0)
        #expect(
            ended
                == .end(
                    CommandFailure(
                        .failure, "the server refuses: no right any more", hint: "ask for it")))
        let still = plan.ended(.text("x"), jitter: 0)
        #expect(still == nil)
    }
}
