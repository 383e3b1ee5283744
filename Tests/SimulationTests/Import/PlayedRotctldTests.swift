import Drivers
import Engine
import Testing

@testable import Simulation

@Suite struct PlayedRotctldTests {
    private let link = LinkID(driver: 1, connection: 1)

    private func at(_ milliseconds: Int64) -> Instant {
        Instant.start.advanced(by: .milliseconds(milliseconds))
    }

    private func rotctld(_ text: String) throws -> PlayedRotctld {
        PlayedRotctld(try RotctldTranscript(text: Array(text.utf8), ImportLimits()))
    }

    private func connected(_ text: String) throws -> PlayedRotctld {
        var rotctld = try rotctld(text)
        _ = rotctld.take(at: at(0))
        rotctld.perform(.connect(host: "h", port: 1, timeout: .seconds(3)), on: link, at: at(0))
        #expect(rotctld.take(at: at(1)) == [.link(link, .connected)])
        return rotctld
    }

    private func ask(_ rotctld: inout PlayedRotctld, _ line: String, at now: Instant) -> String? {
        rotctld.perform(.send(Array((line + "\n").utf8)), on: link, at: now)
        for event in rotctld.take(at: now.advanced(by: .milliseconds(2))) {
            if case .link(_, .received(let bytes)) = event {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
        return nil
    }

    @Test func `a question is answered with what was said at that time`() throws {
        // At 0, 250 and 500 ms of the transcript.
        var rotctld = try connected("p\n1\n1\np\n2\n2\np\n3\n3\n")
        #expect(rotctld.end == nil)
        #expect(ask(&rotctld, "p", at: at(5000)) == "1\n1\n")
        #expect(rotctld.end == at(5502))
        #expect(ask(&rotctld, "p", at: at(5100)) == "1\n1\n")
        #expect(ask(&rotctld, "\\get_pos", at: at(5501)) == "3\n3\n")
        #expect(ask(&rotctld, "p", at: at(9000)) == "3\n3\n")
        #expect(rotctld.used == 2)
    }

    @Test func `a command gets the next answer to the same command`() throws {
        var rotctld = try connected("p\n0\n0\nP 1 1\nRPRT -1\nP 2 2\nRPRT -2\nP 1 1\nRPRT -3\n")
        #expect(ask(&rotctld, "P 2.00 2.00", at: at(10)) == "RPRT -2\n")
        #expect(ask(&rotctld, "P 361.00 1.00", at: at(20)) == "RPRT -1\n")
        #expect(ask(&rotctld, "P 50.00 50.00", at: at(30)) == "RPRT -3\n")
        #expect(ask(&rotctld, "P 1.00 1.00", at: at(40)) == nil)
        #expect(rotctld.used == 3)
    }

    @Test func `what was never asked then is not answered`() throws {
        var rotctld = try connected("p\n0\n0\n")
        #expect(ask(&rotctld, "\\dump_state", at: at(10)) == nil)
        #expect(ask(&rotctld, "+\\get_pos", at: at(20)) == nil)
        #expect(ask(&rotctld, "K", at: at(30)) == nil)
    }

    @Test func `a rotctld that knows extended answers knows its state`() throws {
        var rotctld = try connected("+p\nget_pos:\nAzimuth: 1.00\nElevation: 2.00\nRPRT 0\n")
        let state = try #require(ask(&rotctld, "\\dump_state", at: at(10)))
        #expect(state.hasSuffix("done\n"))
        #expect(ask(&rotctld, "+\\get_pos", at: at(20))?.hasPrefix("get_pos:") == true)
    }

    @Test func `the commands of then are given again at their times`() throws {
        var rotctld = try rotctld("p\n0\n0\nP 5 6\nRPRT 0\nS\nRPRT 0\nK\nRPRT 0\n")
        #expect(rotctld.nextDue == .start)
        #expect(
            rotctld.take(at: at(0)) == [
                .command(.add(azimuthDegrees: 0...360, elevationDegrees: 0...90))
            ])
        #expect(rotctld.nextDue == nil)
        rotctld.perform(.connect(host: "h", port: 1, timeout: .seconds(3)), on: link, at: at(0))
        _ = rotctld.take(at: at(1))
        _ = ask(&rotctld, "p", at: at(1000))
        #expect(rotctld.nextDue == at(1250))
        #expect(
            rotctld.take(at: at(1250)) == [
                .command(.point(azimuthDegrees: 5, elevationDegrees: 6))
            ])
        #expect(rotctld.take(at: at(1750)) == [.command(.stop), .command(.park)])
    }

    @Test func `signing off ends the connection in good order`() throws {
        var rotctld = try connected("p\n0\n0\n")
        rotctld.perform(.send(Array("q\n".utf8)), on: link, at: at(10))
        #expect(rotctld.take(at: at(11)) == [.link(link, .closed(.ended))])
    }
}
