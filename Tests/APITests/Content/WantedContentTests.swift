import Engine
import Recording
import Store
import Synchronization
import Testing
import Tiles
import Transport

@testable import API

/// What the core says of content that it never sees.
@Suite struct WantedContentTests {
    private static let tile = TileAddress(zoom: 3, x: 1, y: 2)

    private static let part = {
        var part = SceneWish("b")
        part.streams = ["ws/*", "a=b"]
        part.kinds = [.input, .log]
        part.from = .seconds(1.5)
        part.until = .seconds(9)
        part.entries = 7
        return part
    }()

    static let all: [WantedContent] =
        [
            .maps, .recordings, .scene(SceneWish("a")), .scene(part),
            .file("shell/live.js", packs: true), .file("", packs: false),
        ]
        + [tile].compactMap { $0 }.map { .tile($0, map: "a b") }

    @Test(arguments: all)
    func `what is wanted comes back out of its words`(wanted: WantedContent) {
        #expect(WantedContent(words: wanted.words) == wanted)
    }

    @Test(arguments: [
        [], ["x"], ["file", "a", "b"], ["tile", "a"], ["tile", "a", "1", "2", "0"],
        ["tile", "a", "b", "c", "d"],
    ])
    func `other words want nothing`(words: [String]) {
        #expect(WantedContent(words: words) == nil)
    }

    @Test func `the gateway gives the plan, and nothing of the content`() {
        let outputs = Outputs()
        let core = Core(
            pace: .virtual, seed: 1, utc: UTCTime(nanoseconds: 0), store: InMemoryStore())
        let gateway = core.perform {
            let gateway = Gateway(core: core, settings: GatewaySettings()) { batch in
                outputs.all.withLock { $0 += batch }
            }
            gateway.enter { $0.serve(MapRoutes().routes) }
            return gateway
        }
        gateway.inputPort().send(
            .request(
                HTTPRequest(
                    id: 7, method: "GET", path: "/v1/tiles/a%20b/3/1/2",
                    headers: HTTPHeaders([("If-None-Match", "\"t\""), ("X-Request-Id", "r")]))))
        core.run(for: .zero)
        let heard = outputs.all.withLock { $0 }
        guard heard.count == 1, case .content(7, let plan) = heard[0] else {
            Issue.record("\(heard)")
            return
        }
        #expect(
            plan
                == ContentPlan(
                    wanted: ["tile", "a b", "3", "1", "2"], pace: .quick, knownTags: "\"t\"",
                    headers: HTTPHeaders([("X-Request-Id", "r")])))
    }

    private final class Outputs: Sendable {
        let all = Mutex<[TransportOutput]>([])
    }

    @Test func `a desk refuses in the dialect of our own API`() {
        let desk = ContentDesk(
            maps: TileLibrary(folder: "/nonexistent"),
            recordings: RecordingFolder(path: "/nonexistent"), isRunning: { _ in false })
        let missing = desk.answer(
            to: ContentPlan(wanted: ["tile", "a", "0", "0", "0"], pace: .quick))
        #expect(missing.status == 404)
        #expect(missing.headers["Content-Type"] == "application/problem+json")
        let scene = desk.answer(to: ContentPlan(wanted: ["scene", "../a"], pace: .slow))
        #expect(scene.status == 404)
        let unknown = desk.answer(to: ContentPlan(wanted: ["x"], pace: .quick))
        #expect(unknown.status == 404)
        let refused = desk.refusal(of: ContentPlan(wanted: ["maps"], pace: .quick))
        #expect(refused.status == 503 && refused.headers["Retry-After"] == "1")
    }

    @Test(arguments: [
        (#""a""#, true), (#"W/"a""#, true), (#""b", "a""#, true), (#""ab""#, false), ("a", false),
        ("", false), ("*", false),
    ])
    func `entity tags are found among those that are known`(known: String, isKnown: Bool) {
        #expect(EntityTag.isKnown("a", among: known) == isKnown)
    }
}
