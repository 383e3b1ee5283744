import Testing

@testable import Recording

@Suite struct PlainTextTests {
    static let numbers: [(Double, Int, String)] = [
        (0, 2, "0"), (-0.0, 2, "0"), (1.005, 1, "1"), (-0.25, 2, "-0.25"), (359.996, 2, "360"),
        (12.5, 0, "13"), (0.00001, 5, "0.00001"), (1e300, 2, "1e+300"), (-9.99, 1, "-10"),
    ]

    @Test(arguments: numbers)
    func `numbers keep the decimals that count`(value: Double, decimals: Int, text: String) {
        #expect(PlainText.number(value, decimals: decimals) == text)
    }

    @Test(arguments: [("abc", "abc"), ("abcd", "abc…"), ("äöü", "äöü"), ("äöüß", "äöü…"), ("", "")])
    func `text is cut at characters`(text: String, cut: String) {
        #expect(PlainText.cut(text, to: 3) == cut)
    }
}
