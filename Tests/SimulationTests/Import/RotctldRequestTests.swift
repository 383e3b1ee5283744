import Drivers
import Testing

@testable import Simulation

@Suite struct RotctldRequestTests {
    @Test(arguments: [
        ("p", RotctldRequest.Kind.getPosition), ("\\get_pos", .getPosition), ("S", .stop),
        ("K", .park), ("\\dump_state", .dumpState), ("q", .other), ("M 2 50", .other),
        ("P 12,5 -3", .setPosition(azimuthDegrees: 12.5, elevationDegrees: -3)),
        ("\\set_pos 1 2", .setPosition(azimuthDegrees: 1, elevationDegrees: 2)),
        ("P nan 5", .other), ("P 1e9 5", .other), ("w anything at all", .other),
    ])
    func `commands are known by both names`(line: String, kind: RotctldRequest.Kind) throws {
        #expect(try #require(RotctldRequest(line)).kind == kind)
        #expect(try #require(RotctldRequest("+" + line)).dialect == .extended)
    }

    @Test(arguments: [
        "", "+", "P 1", "P 1 2 3", "p 1", "0.00", "RPRT 0", "min_az=0.0", "done", "\\",
    ])
    func `answers and half commands are none`(line: String) {
        #expect(RotctldRequest(line) == nil)
    }

    @Test func `a direction is the same after a whole turn`() throws {
        let west = try #require(RotctldRequest("P -90 10"))
        #expect(west.isSame(as: try #require(RotctldRequest("P 270.00 10.00"))))
        #expect(!west.isSame(as: try #require(RotctldRequest("P 270.5 10"))))
        #expect(!west.isSame(as: try #require(RotctldRequest("+P -90 10"))))
        #expect(west.isSameKind(as: try #require(RotctldRequest("P 1 1"))))
    }

    @Test func `an answer in another form than lines is not for the station`() throws {
        #expect(try #require(RotctldRequest(";p")).kind == .other)
    }
}
