import Engine
import Testing

@Suite struct TopicTests {
    @Test func `latest per key keeps the newest of each, in the order of the keys`() {
        let core = Core(pace: .virtual, seed: 1)
        let topic = Topic<Int>("t")
        let ear = Ear(core: core)
        core.perform {
            ear.enter { $0.listen(topic, .latest(limit: 10) { $0 / 10 }) }
            for value in [11, 21, 12, 13, 22] { topic.publish(value) }
        }
        core.run(for: .zero)
        #expect(core.perform { ear.enter { $0.heard } } == [13, 22])
    }

    @Test func `who must hear everything hears it in order, or is told once that it cannot`() {
        let core = Core(pace: .virtual, seed: 1)
        let topic = Topic<Int>("t")
        let ear = Ear(core: core)
        let slow = Ear(core: core)
        core.perform {
            ear.enter { $0.listen(topic, .everything(limit: 100)) }
            slow.enter { $0.listen(topic, .everything(limit: 3)) }
            for value in 0..<10 { topic.publish(value) }
        }
        core.run(for: .zero)
        #expect(core.perform { ear.enter { $0.heard } } == Array(0..<10))
        #expect(core.perform { slow.enter { $0.overflows } } == 1)
        #expect(core.perform { slow.enter { $0.heard } } == [])
        core.perform { topic.publish(10) }
        core.run(for: .zero)
        #expect(core.perform { slow.enter { $0.overflows } } == 1, "it has ended")
    }

    @Test func `who subscribes to one thing hears of it only`() {
        let core = Core(pace: .virtual, seed: 1)
        let topic = Topic<Int>("t")
        let all = Ear(core: core)
        let one = Ear(core: core)
        let other = Ear(core: core)
        core.perform {
            all.enter { $0.listen(topic, .everything(limit: 10)) }
            one.enter { $0.listen(topic, about: "one", .everything(limit: 10)) }
            other.enter { $0.listen(topic, about: "other", .everything(limit: 10)) }
            topic.publish(1, about: ["one", "group"])
            topic.publish(2, about: ["other", "group"])
            topic.publish(3)
        }
        core.run(for: .zero)
        #expect(core.perform { all.enter { $0.heard } } == [1, 2, 3])
        #expect(core.perform { one.enter { $0.heard } } == [1])
        core.perform {
            one.enter { $0.leave() }
            topic.publish(4, about: ["one", "other"])
        }
        core.run(for: .zero)
        #expect(core.perform { one.enter { $0.heard } } == [1])
        #expect(core.perform { other.enter { $0.heard } } == [2, 4])
    }

    @Test func `publishing inside a handler is heard later in the same turn`() {
        let core = Core(pace: .virtual, seed: 1)
        let topic = Topic<Int>("t")
        let ear = Ear(core: core)
        core.perform {
            ear.enter { $0.listen(topic, .everything(limit: 10), echoBelow: 5) }
            topic.publish(0)
        }
        core.run(for: .zero)
        #expect(core.perform { ear.enter { $0.heard } } == [0, 1, 2, 3, 4, 5])
    }
}

private actor Ear: CoreActor {
    nonisolated let core: Core
    var heard: [Int] = []
    var overflows = 0
    private var subscription: Subscription<Int>?

    init(core: Core) { self.core = core }

    func leave() { subscription = nil }

    func listen(
        _ topic: Topic<Int>, about key: String? = nil, _ backlog: Backlog<Int>,
        echoBelow limit: Int = 0
    ) {
        subscription = topic.subscribe(self, about: key, backlog, onOverflow: { $0.overflows += 1 })
        {
            $0.heard.append($1)
            if $1 < limit { topic.publish($1 + 1) }
        }
    }
}
