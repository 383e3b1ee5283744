import Drivers
import Engine
import Testing

@testable import Simulation

@Suite struct PlayedGpsdTests {
    private let link = LinkID(driver: 1, connection: 1)

    private func at(_ milliseconds: Int64) -> Instant {
        Instant.start.advanced(by: .milliseconds(milliseconds))
    }

    private func gpsd(_ moments: (Int64, DeviceTimeline.Happening)...) -> PlayedGpsd {
        var timeline = DeviceTimeline()
        for (milliseconds, happening) in moments {
            timeline.add(happening, at: .milliseconds(milliseconds))
        }
        return PlayedGpsd(timeline)
    }

    private func connect(_ gpsd: inout PlayedGpsd, on link: LinkID, at now: Instant) {
        gpsd.perform(.connect(host: "h", port: 1, timeout: .seconds(3)), on: link, at: now)
    }

    private let watch = LinkAction.send(Array("?WATCH={\"enable\":true,\"json\":true};\n".utf8))

    @Test func `it greets, and speaks once it is watched`() {
        var gpsd = gpsd((0, .bytes([1])), (500, .bytes([2])))
        connect(&gpsd, on: link, at: at(0))
        #expect(gpsd.nextDue == at(1))
        let greeting = gpsd.take(at: at(1))
        #expect(greeting.count == 2)
        #expect(greeting.first == .link(link, .connected))
        #expect(gpsd.nextDue == nil)
        #expect(gpsd.end == nil)
        gpsd.perform(watch, on: link, at: at(1))
        #expect(gpsd.take(at: at(2)) == [.link(link, .received([1]))])
        #expect(gpsd.nextDue == at(502))
        #expect(gpsd.take(at: at(502)) == [.link(link, .received([2]))])
        #expect(gpsd.end == at(502))
    }

    @Test func `it hangs up, refuses while it is gone, and goes on when it is back`() {
        var gpsd = gpsd((0, .ended), (1000, .began), (1500, .bytes([3])), (3000, .bytes([4])))
        connect(&gpsd, on: link, at: at(0))
        _ = gpsd.take(at: at(1))
        gpsd.perform(watch, on: link, at: at(1))
        #expect(gpsd.take(at: at(2)) == [.link(link, .closed(.ended))])
        let second = LinkID(driver: 1, connection: 2)
        connect(&gpsd, on: second, at: at(500))
        #expect(gpsd.take(at: at(501)) == [.link(second, .closed(.refused))])
        let third = LinkID(driver: 1, connection: 3)
        #expect(gpsd.take(at: at(2000)).isEmpty)
        #expect(gpsd.unheard == 1)
        connect(&gpsd, on: third, at: at(2000))
        _ = gpsd.take(at: at(2001))
        gpsd.perform(watch, on: third, at: at(2001))
        #expect(gpsd.take(at: at(3002)) == [.link(third, .received([4]))])
    }

    @Test func `it answers what the driver asks when it is silent`() {
        let devices = DeviceTimeline.line(#"{"class":"DEVICES","devices":[]}"#.utf8)
        var gpsd = gpsd((0, .bytes(devices)))
        connect(&gpsd, on: link, at: at(0))
        _ = gpsd.take(at: at(1))
        gpsd.perform(.send(Array("?DEVICES;\n".utf8)), on: link, at: at(1))
        #expect(gpsd.take(at: at(2)) != [.link(link, .received(devices))])
        gpsd.perform(watch, on: link, at: at(2))
        #expect(gpsd.take(at: at(3)) == [.link(link, .received(devices))])
        gpsd.perform(.send(Array("?DEVI".utf8)), on: link, at: at(3))
        gpsd.perform(.send(Array("CES;\n".utf8)), on: link, at: at(3))
        #expect(gpsd.take(at: at(4)) == [.link(link, .received(devices))])
    }

    @Test func `nothing arrives behind the end of a connection`() {
        var gpsd = gpsd((0, .bytes([1])))
        connect(&gpsd, on: link, at: at(0))
        gpsd.perform(.close, on: link, at: at(0))
        #expect(gpsd.take(at: at(1)) == [.link(link, .closed(.cancelled))])
    }
}
