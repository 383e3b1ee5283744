import Testing

@testable import Drivers

@Suite struct ProcessCookieTests {
    @Test func `a cookie is read from among other variables`() {
        let text = "PATH=/bin\0BORESIGHT_STATION=/a b\0X=\0BORESIGHT_SESSION=s-1\0"
        #expect(
            ProcessCookie(environment: bytes(text))
                == ProcessCookie(station: "/a b", session: "s-1"))
    }

    @Test(arguments: [
        "", "PATH=/bin\0", "XBORESIGHT_STATION=/a\0", "A=BORESIGHT_STATION=/a\0",
        "BORESIGHT_STATION", "BORESIGHT_SESSION=s-1\0",
    ])
    func `what only looks like one is none`(text: String) {
        #expect(ProcessCookie(environment: bytes(text)) == nil)
    }

    @Test func `the first of two counts, as for the program`() {
        let text = "A=1\0BORESIGHT_STATION=/a\0BORESIGHT_STATION=/b"
        #expect(ProcessCookie(environment: bytes(text))?.station == "/a")
    }
}
