import Testing

@testable import Recording

@Suite struct WildcardPatternTests {
    @Test(arguments: [
        ("gpsd", "gpsd"), ("ws/*", "ws/1"), ("*", ""), ("*", "x"), ("*ctld*", "rotctld/mast"),
        ("ro*ld/*st", "rotctld/mast"), ("a*a", "aba"), ("**", "x"), ("a*b*c", "a1b2bc"),
    ])
    func `a pattern matches`(pattern: String, stream: String) {
        #expect(WildcardPattern(pattern).matches(stream))
    }

    @Test(arguments: [
        ("gpsd", "gpsd2"), ("ws/*", "http/1"), ("a*a", "a"), ("*b*", "acd"), ("a*b*c", "acb"),
        ("", "x"), ("GPSD", "gpsd"),
    ])
    func `a pattern does not match`(pattern: String, stream: String) {
        #expect(!WildcardPattern(pattern).matches(stream))
    }
}
