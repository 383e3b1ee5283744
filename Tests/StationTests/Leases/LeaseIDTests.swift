@testable import Station
import Testing

@Suite struct LeaseIDTests {
    @Test(arguments: [
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "62d4fcb7-4bd5-4bd9-862b-b656201b5107",
    ])
    func `an id is the same text again`(text: String) {
        #expect(LeaseID(text)?.text == text)
    }

    @Test(arguments: [
        "", "x", "62d4fcb7-4bd5-4bd9-862b-b656201b510", "62d4fcb7-4bd5-4bd9-862b-b656201b51071",
        "62D4fcb7-4bd5-4bd9-862b-b656201b5107", "62d4fcb7+4bd5-4bd9-862b-b656201b5107",
        "62d4fcb74bd54bd9862bb656201b5107", "62d4fcb7-4bd5-4bd9-862b-b656201b510g",
        "62d4fcb7-4bd5-4bd9-862b-b656201b51ä",
    ])
    func `anything else is none`(text: String) {
        #expect(LeaseID(text) == nil)
    }
}
