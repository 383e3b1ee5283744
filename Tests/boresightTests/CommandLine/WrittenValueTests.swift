import Testing

@testable import boresight

@Suite struct WrittenValueTests {
    @Test(arguments: [
        ("0", 0), ("-33.9", -33.9), ("+12.5", 12.5), (".5", 0.5), ("123d27m", 123.45),
        ("123d27m36s", 123.46), ("-0d30m", -0.5), ("10d", 10),
    ])
    func `an angle is decimal or in minutes and seconds`(text: String, degrees: Double) throws {
        #expect(abs(try Degrees(text: text).value - degrees) < 1e-12)
    }

    @Test(arguments: [
        "", "nan", "inf", "0x10", "1e3", "12°", "d", "10d60m", "10m", "10d5", "1-2", "--1", "1d-2m",
        "1..2",
    ])
    func `what is no angle is refused`(text: String) {
        #expect(throws: TextValueProblem.self) { try Degrees(text: text) }
    }

    @Test func `a position has two or three numbers`() throws {
        let short = try WrittenPosition(text: "-33.9,151.2")
        #expect(short.latitudeDegrees == -33.9)
        #expect(short.longitudeDegrees == 151.2)
        #expect(short.altitudeMetres == nil)
        #expect(try WrittenPosition(text: "52, 13, 34.5").altitudeMetres == 34.5)
        #expect(try WrittenPosition(text: "52,13,-5").text == "52.0,13.0,-5.0")
    }

    @Test(arguments: [
        "", "52", "52,", ",13", "91,0", "0,181", "1,2,x", "1,2,nan", "1,2,1e10", "1,2,3,4", "a,b",
    ])
    func `what is no position is refused`(text: String) {
        #expect(throws: TextValueProblem.self) { try WrittenPosition(text: text) }
    }

    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("5s", .seconds(5)), ("1.5m", .seconds(90)),
        ("24h", .seconds(86_400)),
    ])
    func `a duration has a unit`(text: String, duration: Duration) throws {
        #expect(try WrittenDuration(text: text).duration == duration)
    }

    @Test(arguments: ["", "5", "s", "0s", "-1s", "5 s", "5d", "1e3s", "9999999h", "٣s"])
    func `what is no duration is refused`(text: String) {
        #expect(throws: TextValueProblem.self) { try WrittenDuration(text: text) }
    }

    @Test func `a choice tells the choices`() {
        #expect(OutputFormat.placeholder == "table|json")
        #expect(throws: TextValueProblem("is not one of table, json; did you mean json?")) {
            try OutputFormat(text: "jsno")
        }
    }
}
