import Drivers
import JSON
@testable import Station
import Testing

@Suite struct CommandInputTests {
    private func read(_ kind: DeviceOrder.Kind, _ text: String?) throws -> CommandInput {
        let json = try text.map { try JSONReader.read(Array($0.utf8)) }
        return try CommandInput(kind, json, CommandLimits())
    }

    @Test func `each type has its input`() throws {
        let custom = try read(.custom, #"{"command":"uptime"}"#)
        #expect(custom.order == .custom("uptime"))
        #expect(custom.shown == ["command": .string("uptime")])
        for kind: DeviceOrder.Kind in [.reboot, .stop, .park] {
            for text in [nil, "null", "{}"] {
                let input = try read(kind, text)
                #expect(input.order.kind == kind)
                #expect(input.shown == nil)
            }
        }
        let point = try read(.point, #"{"azimuth":120,"elevation":30.5}"#)
        #expect(point.order == .point(azimuthDegrees: 120, elevationDegrees: 30.5))
        #expect(point.shown == ["azimuth": .number(120), "elevation": .number(30.5)])
    }

    @Test func `a password is never shown`() throws {
        let input = try read(
            .changePassword, #"{"password":"hunter22","confirm_password":"hunter22"}"#)
        #expect(input.order == .changePassword("hunter22"))
        #expect(input.shown == ["password": .string("********")])
        #expect("\(input.order)" == "change_password")
        #expect(String(reflecting: input).contains("hunter") == false)
    }

    @Test(arguments: [
        (DeviceOrder.Kind.custom, nil), (.custom, "null"), (.custom, "[]"), (.custom, "{}"),
        (.custom, #"{"command":""}"#), (.custom, #"{"command":" \n"}"#),
        (.custom, #"{"command":5}"#), (.custom, #"{"command":"a","more":1}"#),
        (.custom, #"{"command":"a\u0000b"}"#), (.reboot, #"{"when":"now"}"#), (.stop, "5"),
        (.changePassword, "null"), (.changePassword, #"{"password":"short"}"#),
        (.changePassword, #"{"password":"1234567890123456789012345678901"}"#),
        (.changePassword, #"{"password":"        "}"#),
        (.changePassword, #"{"password":"two\nlines"}"#),
        (.changePassword, #"{"password":123456}"#),
        (.changePassword, #"{"password":"hunter22","user":"root"}"#),
        (.point, "null"), (.point, #"{"azimuth":1}"#),
        (.point, #"{"azimuth":"1","elevation":2}"#), (.point, #"{"azimuth":1e9,"elevation":2}"#),
    ])
    func `what is no input of its type is refused`(_ kind: DeviceOrder.Kind, _ text: String?) {
        #expect(throws: CommandError.self) { try read(kind, text) }
    }

    @Test func `a command of too many bytes is refused`() throws {
        let longest = String(repeating: "x", count: CommandLimits().textBytes)
        _ = try read(.custom, #"{"command":"\#(longest)"}"#)
        #expect(throws: CommandError.self) { try read(.custom, #"{"command":"\#(longest)x"}"#) }
    }
}
