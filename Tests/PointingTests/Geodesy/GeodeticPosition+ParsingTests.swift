import Testing

@testable import Pointing

@Suite struct GeodeticPositionParsingTests {
    @Test(arguments: [
        ("52.5,13.4", 52.5, 13.4, 0.0), ("52.5,13.4,30", 52.5, 13.4, 30),
        (" 52.5 ,  13.4 , 30 ", 52.5, 13.4, 30), ("-90,180,-12.25", -90, 180, -12.25),
        ("+1,-.5", 1, -0.5, 0), ("1e1,2E-1,1e3", 10, 0.2, 1000), ("0,0,0", 0, 0, 0),
        ("-0,-0", 0, 0, 0), ("51.99900000000001,4.372", 51.99900000000001, 4.372, 0),
    ])
    func `two or three decimal numbers are a place`(
        text: String, latitude: Double, longitude: Double, altitude: Double
    ) throws {
        let expected = try GeodeticPosition(
            latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMeters: altitude)
        #expect(try GeodeticPosition(parsing: text) == expected)
    }

    @Test(arguments: ["", "52.5", "52.5;13.4", "1,2,3,4", "52,5 13,4,0,0"])
    func `another number of parts is refused`(text: String) {
        #expect(throws: PositionParseError.shape) { try GeodeticPosition(parsing: text) }
    }

    @Test(arguments: [
        ("nan,0", PositionParseError.Field.latitude, "nan"), ("0,inf", .longitude, "inf"),
        ("0,0,-infinity", .altitude, "-infinity"), ("0x10,0", .latitude, "0x10"),
        ("1p3,0", .latitude, "1p3"), ("52°,13", .latitude, "52°"), ("1,2 3", .longitude, "2 3"),
        (",0", .latitude, ""), ("0,", .longitude, ""), ("0,0, ", .altitude, ""),
        ("1e400,0", .latitude, "1e400"), ("1_0,0", .latitude, "1_0"), ("−1,0", .latitude, "−1"),
        ("٥,0", .latitude, "٥"), ("--1,0", .latitude, "--1"), ("1.2.3,0", .latitude, "1.2.3"),
        ("e,0", .latitude, "e"), (".,0", .latitude, "."), ("1\t,0", .latitude, "1\t"),
        ("1\u{0},0", .latitude, "1\u{0}"), ("1\n,2", .latitude, "1\n"),
    ])
    func `a part that is not a decimal number is refused by name`(
        text: String, field: PositionParseError.Field, part: String
    ) {
        #expect(throws: PositionParseError.notANumber(field, part)) {
            try GeodeticPosition(parsing: text)
        }
    }

    @Test(arguments: [
        ("90.5,0", PositionError.latitude(90.5)), ("0,-181", .longitude(-181)),
        ("0,0,2e9", .altitude(2e9)),
    ])
    func `a number out of range is refused by name`(text: String, error: PositionError) {
        #expect(throws: PositionParseError.outOfRange(error)) {
            try GeodeticPosition(parsing: text)
        }
    }

    @Test func `a text longer than any position is refused before it is read`() throws {
        let longest = GeodeticPosition.longestTextBytes
        let padded = "1,2" + String(repeating: " ", count: longest - 3)
        #expect(try GeodeticPosition(parsing: padded).latitudeDegrees == 1)
        #expect(throws: PositionParseError.tooLong) {
            try GeodeticPosition(parsing: padded + " ")
        }
    }

    @Test func `the longest numbers there are fit`() throws {
        let text = "-1.2345678901234567e-100, -1.2345678901234567e-100, -1.2345678901234567e-100"
        #expect(try GeodeticPosition(parsing: text).latitudeDegrees == -1.2345678901234567e-100)
    }

    @Test func `whatever is printed is read back`() throws {
        var draw = Draw(seed: 6)
        for _ in 0..<2000 {
            let place = try draw.position()
            let text =
                "\(place.latitudeDegrees),\(place.longitudeDegrees),\(place.altitudeMeters)"
            #expect(try GeodeticPosition(parsing: text) == place)
        }
    }

    @Test func `noise is refused or read but never worse`() {
        var draw = Draw(seed: 7)
        let pieces = Array("0123456789.,,,-+eE nxi\u{301}°\u{0}").map(String.init)
        for _ in 0..<20_000 {
            let text = (0..<Int(draw.number(0...24))).map { _ in draw.pick(pieces) }.joined()
            guard let place = try? GeodeticPosition(parsing: text) else { continue }
            #expect((-90...90).contains(place.latitudeDegrees))
            #expect((-180...180).contains(place.longitudeDegrees))
            #expect(place.altitudeMeters.isFinite)
        }
    }

    @Test(arguments: [
        (PositionParseError.shape, "a position is LAT,LON or LAT,LON,ALT, such as 52.5,13.4,30"),
        (.tooLong, "a position is LAT,LON or LAT,LON,ALT in at most 120 characters"),
        (.notANumber(.longitude, "x"), "longitude x is not a decimal number"),
        (.notANumber(.altitude, ""), "the altitude is missing"),
        (.outOfRange(.latitude(91)), "latitude 91.0 is not a number from -90 to 90"),
    ])
    func `messages say what to mend`(error: PositionParseError, text: String) {
        #expect(error.description == text)
    }
}
