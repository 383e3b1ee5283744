import Testing

@testable import boresight

@Suite struct KeepOutTextTests {
    @Test(
        arguments: [
            ("80-100", 80.0, 100.0, nil), ("350-10,0-30", 350, 10, (0.0, 30.0)),
            ("1.5-2.5,-10--5", 1.5, 2.5, (-10, -5)), ("12d30m-13d,0-1", 12.5, 13, (0, 1)),
        ] as [(String, Double, Double, (Double, Double)?)])
    func `a sector is read as it is written`(
        text: String, from: Double, to: Double, elevations: (Double, Double)?
    ) throws {
        let sector = try #require(try KeepOutText(text: text).sector)
        #expect(sector.azimuths == (from, to))
        #expect(sector.elevations?.from == elevations?.0 && sector.elevations?.to == elevations?.1)
    }

    @Test func `none is no sector`() throws {
        #expect(try KeepOutText(text: "none").sector == nil)
    }

    @Test(arguments: ["", "80", "80-", "-80", "80-100,", "80-100,3", "a-b", "1-2,3-4,5-6", "nan-1"])
    func `what is no sector is refused`(text: String) {
        #expect(throws: TextValueProblem.self) { try KeepOutText(text: text) }
    }
}
