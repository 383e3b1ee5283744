@testable import API
import Drivers
import Engine
import JSON
import Station
import Testing
import Transport

@Suite struct CommandJSONTests {
    @Test func `the longest update finds room in the queue of a socket`() {
        // JSON writes a control character as six bytes.
        let limits = CommandLimits()
        let longest = 6 * (limits.outputBytes + limits.textBytes) + 4096
        #expect(longest <= TransportLimits().queuedBytes)
    }

    @Test func `types have the names of the document and the contract`() {
        #expect(
            DeviceOrder.Kind.allCases.map(\.displayName) == [
                "Custom Command", "Reboot", "Change Password", "Point Rotor", "Stop Rotor",
                "Park Rotor",
            ])
    }
}
