import JSON
import Testing

@testable import boresight

@Suite struct LookupTests {
    private let lookup = Lookup(
        "device",
        [("1", "phone"), ("2", "tablet"), ("3", "phone"), ("phone2", "rotor")].map {
            Lookup.Thing(id: $0.0, name: $0.1, object: JSONObject())
        })

    @Test func `an id or a name that only one has finds it`() throws {
        #expect(try lookup.thing("3").name == "phone")
        #expect(try lookup.thing("tablet").id == "2")
        #expect(try lookup.thing("phone2").name == "rotor")
    }

    @Test func `a name that two have is not guessed at`() {
        #expect(
            throws: CommandFailure(
                .failure, "2 devices are called 'phone'", hint: "name one by its id: 1, 3")
        ) { try lookup.thing("phone") }
    }

    @Test func `an unknown name is answered with those that there are`() {
        #expect(
            throws: CommandFailure(
                .failure, "there is no device 'tablte'",
                hint: "did you mean 'tablet'? there is: phone, tablet, phone, rotor")
        ) { try lookup.thing("tablte") }
        let many = Lookup(
            "device", (1...20).map { Lookup.Thing(id: "\($0)", name: "d\($0)", object: [:]) })
        #expect(many.names.hasSuffix("d12, … (20 in all)"))
    }

    @Test func `where nothing is, the way to the first is told`() {
        #expect(
            throws: CommandFailure(
                .failure, "there is no device yet", hint: "add one: boresight device add NAME")
        ) { try Lookup("device", []).thing("x") }
    }

    @Test func `a terminal obeys no name`() {
        let odd = Lookup("device", [Lookup.Thing(id: "1", name: "a\u{1B}[2J", object: [:])])
        #expect(odd.names == "a\u{FFFD}[2J")
    }
}
