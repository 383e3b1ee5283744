import Drivers
import Testing

@Suite struct HostKeyTests {
    private static func token(_ key: String, _ shown: String) -> String? {
        HostKey(key)?.token(
            for: Password(presented: shown), issuedAt: 1_800_000_000, expiresAt: 1_800_086_400)
    }

    @Test func `the token is what another program makes of the key`() {
        // import hmac, base64, as in RFC 7515 appendix A.1:
        // b64(hmac.new(b'let us play', b64(header) + '.' + b64(claims), 'sha256').digest())
        #expect(
            Self.token("let us play", "let us play") == "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                + "eyJyb2xlIjoiYWRtaW4iLCJpYXQiOjE4MDAwMDAwMDAsImV4cCI6MTgwMDA4NjQwMH0."
                + "snUmTwdKVCiRFYiN-kvHxNt7sgPxeeJDtsXStvZYaB8")
        // A key longer than a block of SHA-256 is hashed first (RFC 2104 §2).
        let long = String(repeating: "k", count: 100)
        #expect(
            Self.token(long, long)?.split(separator: ".").last
                == "GwJXVH3YqC4FphpDNSr6XPLOj5udZuQiiYW24eckfqU")
    }

    @Test(arguments: ["let us play", " let us play", "let us play\n", "\tlet us play \r\n"])
    func `white space around a key does not count`(_ shown: String) {
        #expect(Self.token("  let us play\n", shown) == Self.token("let us play", "let us play"))
        #expect(Self.token("let us play", shown) != nil)
    }

    @Test(arguments: ["", " ", "let us", "let us play!", "Let us play", "let  us play", "\0"])
    func `another key gets nothing`(_ shown: String) {
        #expect(Self.token("let us play", shown) == nil)
    }

    @Test func `an empty key is none`() {
        for text in ["", " ", "\n\t "] { #expect(HostKey(text) == nil) }
    }

    @Test func `a drawn key is as long as every secret, and one that can be shown`() {
        let key = HostKey.drawn(from: Array(0..<32))
        #expect(HostKey.drawnBytes == 32)
        #expect(key == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        #expect(Self.token(key, key) != nil)
    }

    @Test func `a key does not describe itself`() {
        #expect("\(HostKey("let us play").map(String.init(describing:)) ?? "")" == "********")
    }
}
