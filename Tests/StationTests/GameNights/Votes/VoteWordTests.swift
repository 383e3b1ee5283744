import Testing

@testable import Station

@Suite struct VoteWordTests {
    @Test(arguments: [
        ("thisgame++", VoteWord.up), ("thisgame--", .down), ("ThisGame++", .up),
        ("THISGAME--", .down), ("so good, thisgame++!", .up), ("xthisgame++x", .up),
        ("thisgame+++", .up), ("thisgame++ thisgame--", .up), ("thisgame--++", .down),
        ("thisgame+ thisgame--", .down), ("thisgamethisgame++", .up), ("äthisgame++ö", .up),
        ("thisgame thisgame+- thisgame++", .up),
    ])
    func `a message votes with the first word that is whole, in any case`(
        _ message: String, _ word: VoteWord
    ) {
        #expect(VoteWord(in: message) == word)
    }

    @Test(arguments: [
        "", "+", "thisgame", "thisgame+", "thisgame+-", "thisgame-+", "this game++",
        "thisgame ++", "thatgame++", "thisgam++", "hisgame++", "thisgame\u{2013}",
        "\u{54}his\u{0301}game++", "THI\u{13}GAME++", "thisgame\u{301}++",
    ])
    func `anything else is no vote`(_ message: String) {
        #expect(VoteWord(in: message) == nil)
    }
}
