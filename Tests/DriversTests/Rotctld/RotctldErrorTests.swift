import Drivers
import Testing

@Suite struct RotctldErrorTests {
    @Test func `every code of Hamlib has one error and comes back from it`() {
        let errors = (1...22).compactMap { RotctldError(code: -$0) }
        #expect(errors.map(\.code) == (1...22).map { -$0 })
        #expect(Set(errors).count == 22)
    }

    @Test func `other codes are kept, and zero and above are no errors`() {
        #expect(RotctldError(code: -23) == .unknown(-23))
        #expect(RotctldError(code: Int.min) == .unknown(.min))
        #expect(RotctldError.unknown(-99).code == -99)
        #expect(RotctldError(code: 0) == nil)
        #expect(RotctldError(code: 5) == nil)
    }

    @Test func `an error about the command leaves the line to the rotor in good standing`() {
        let soft = (1...22).filter { RotctldError(code: -$0)?.isAboutTheCommand == true }
        #expect(soft == [1, 4, 9, 10, 11, 12, 16, 17, 18, 19, 20, 21, 22])
    }
}
