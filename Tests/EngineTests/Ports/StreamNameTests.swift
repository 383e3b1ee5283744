import Engine
import Testing

@Suite struct StreamNameTests {
    @Test(
        "a name reads back as it was written",
        arguments: [
            "gpsd", "http/17", "ws/3,5", "store/rotors", "rotctld/1", "", "/", "ws/", "a/b/2",
            "x/007", "x/+5",
            "ws/18446744073709551616",
        ])
    func text(name: String) {
        #expect(StreamName(name).description == name)
    }

    @Test("the word and the number are told apart")
    func parts() {
        #expect(StreamName("http/17") == StreamName("http", 17))
        #expect(StreamName("store/rotors").number == nil)
    }
}
