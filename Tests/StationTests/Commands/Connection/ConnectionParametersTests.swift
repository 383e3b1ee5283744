import Drivers
import JSON
@testable import Station
import Testing

@Suite struct ConnectionParametersTests {
    private func json(_ text: String) throws -> JSONObject {
        try #require(try JSONReader.read(Array(text.utf8)).objectValue)
    }

    private func read(
        _ driver: ConnectionParameters.Driver, _ text: String, old: ConnectionParameters? = nil
    ) throws -> ConnectionParameters {
        try ConnectionParameters(driver, try json(text), old: old)
    }

    private static let password = #"{"host":"10.0.0.1","username":"root","password":"hunter2"}"#
    private static let key =
        #"{"host":"10.0.0.1","username":"root","key":"PRIVATE","passphrase":"open"}"#

    @Test func `what is left out has its default`() throws {
        #expect(
            try read(.simulated, "{}").shown == json(#"{"unreachable_seconds":0,"timeout":30}"#))
        #expect(
            try read(.rotctld, "{}").shown
                == json(#"{"host":"127.0.0.1","port":4533,"timeout":30}"#))
        #expect(
            try read(.ssh, Self.password).shown
                == json(
                    #"{"host":"10.0.0.1","port":22,"username":"root","password":"********","#
                        + #""reboot_command":"reboot","passwd_command":"passwd","timeout":30}"#))
    }

    @Test func `secrets are not shown`() throws {
        for text in [Self.password, Self.key] {
            let parameters = try read(.ssh, text)
            for secret in ["hunter2", "PRIVATE", "open"] {
                #expect(!JSONValue.object(parameters.shown).text.contains(secret))
                #expect(!"\(parameters)".contains(secret))
                #expect(!String(reflecting: parameters).contains(secret))
                #expect(!JSONValue.object(parameters.stored.open).text.contains(secret))
            }
        }
        let (open, secrets) = try read(.ssh, Self.key).stored
        #expect(secrets == ["key": .string("PRIVATE"), "passphrase": .string("open")])
        #expect(
            try ConnectionParameters(.ssh, open: open, secrets: secrets) == read(.ssh, Self.key))
    }

    @Test func `a hidden secret stays, another one replaces it`() throws {
        let old = try read(.ssh, Self.key)
        let moved = try ConnectionParameters(.ssh, old.shown, old: old)
        #expect(moved == old)
        var other = old.shown
        other["passphrase"] = .string("sesame")
        #expect(
            try ConnectionParameters(.ssh, other, old: old).stored.secrets
                == ["key": .string("PRIVATE"), "passphrase": .string("sesame")])
        other["passphrase"] = nil
        #expect(
            try ConnectionParameters(.ssh, other, old: old).stored.secrets == [
                "key": .string("PRIVATE")
            ])
        // There is nothing to keep.
        let hidden = Self.password.replacing("hunter2", with: "********")
        #expect(throws: ConnectionParametersError.self) { try read(.ssh, hidden) }
        #expect(throws: ConnectionParametersError.self) { try read(.ssh, hidden, old: old) }
        let rotor = try read(.rotctld, "{}")
        #expect(throws: ConnectionParametersError.self) { try read(.ssh, hidden, old: rotor) }
    }

    @Test(arguments: [
        (ConnectionParameters.Driver.rotctld, #"{"host":5}"#), (.rotctld, #"{"host":"a b"}"#),
        (.rotctld, #"{"port":0}"#), (.rotctld, #"{"port":65536}"#), (.rotctld, #"{"port":1.5}"#),
        (.rotctld, #"{"timeout":0}"#), (.rotctld, #"{"timeout":3601}"#),
        (.rotctld, #"{"timeout":"long"}"#), (.ssh, "{}"), (.ssh, #"{"host":"h"}"#),
        (.ssh, #"{"host":"h","username":"u"}"#), (.ssh, #"{"username":"u","password":"p"}"#),
        (.ssh, #"{"host":"h","username":"u","password":"p","key":"k"}"#),
        (.ssh, #"{"host":"h","username":"u","password":""}"#),
        (.ssh, #"{"host":"h","username":"u","password":7}"#),
        (.simulated, #"{"unreachable_seconds":-1}"#), (.simulated, #"{"script":[]}"#),
        (.simulated, #"{"script":{"custom":{}}}"#), (.simulated, #"{"script":{"custom":[5]}}"#),
        (.simulated, #"{"script":{"custom":[{}]}}"#),
        (.simulated, #"{"script":{"custom":[{"after":1}]}}"#),
        (.simulated, #"{"script":{"custom":[{"exit_code":"x"}]}}"#),
    ])
    func `wrong parameters are refused`(_ driver: ConnectionParameters.Driver, _ text: String) {
        #expect(throws: ConnectionParametersError.self) { try read(driver, text) }
    }

    @Test func `a private key of too many bytes is refused`() throws {
        let key = String(repeating: "k", count: CommandLimits().parameterBytes)
        let text = #"{"host":"h","username":"u","key":"\#(key)"}"#
        _ = try read(.ssh, text)
        #expect(throws: ConnectionParametersError.self) {
            try read(.ssh, text.replacing(key, with: key + "k"))
        }
    }

    @Test func `a script is what was written, and is shown as it was written`() throws {
        let text =
            #"{"script":{"custom":[{"after":0.25,"output":"a"},{"exit_code":3}],"#
            + #""reboot":[{"signal":"TERM"}],"park":[{"failure":"lost"}]},"#
            + #""unreachable_seconds":1.5,"timeout":5}"#
        let parameters = try read(.simulated, text)
        #expect(parameters.shown == (try json(text)))
        guard case .simulated(let simulated) = parameters else { return }
        #expect(simulated.unreachable == .milliseconds(1500))
        #expect(
            simulated.script.steps == [
                .custom: [
                    .init(after: .milliseconds(250), .output("a")), .init(.end(exitCode: 3)),
                ],
                .reboot: [.init(.signal("TERM"))], .park: [.init(.fail("lost"))],
            ])
    }

    @Test func `each driver takes what its device can do`() throws {
        let rotor = try read(.rotctld, "{}")
        let shell = try read(.ssh, Self.password)
        let simulated = try read(.simulated, "{}")
        #expect(DeviceOrder.Kind.allCases.allSatisfy { simulated.takes($0) })
        #expect(
            DeviceOrder.Kind.allCases.filter { rotor.takes($0) }
                == [.custom, .reboot, .point, .stop, .park])
        #expect(
            DeviceOrder.Kind.allCases.filter { shell.takes($0) }
                == [.custom, .reboot, .changePassword])
    }
}
