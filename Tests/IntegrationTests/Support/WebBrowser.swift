import Foundation
import JSON
import TestSupport
import Testing

/// A real browser with a page in it.
protocol WebBrowser: AnyObject {
    func open(_ address: String) throws
    /// Runs a script in the page; its result.
    @discardableResult
    func run(_ script: String) throws -> JSONValue
    /// The page as a PNG in base64.
    func screenshot() throws -> String
}

extension WebBrowser {
    func text(_ id: String) throws -> String {
        try run("return document.getElementById('\(id)').textContent").stringValue ?? ""
    }

    func number(_ script: String) throws -> Double {
        try #require(run(script).doubleValue, "\(script)")
    }

    func type(_ text: String, into id: String) throws {
        try run(
            """
            const field = document.getElementById('\(id)'); field.value = '\(text)';
            for (const name of ['input', 'change']) {
                field.dispatchEvent(new Event(name, {bubbles: true}));
            }
            """)
    }

    func click(_ id: String) throws {
        try run("document.getElementById('\(id)').click()")
    }

    /// Signs in with a token, as its user would.
    func signIn(_ token: String) throws {
        try type(token, into: "sign-in-token")
        try click("sign-in-by-token")
    }

    /// Pairs the console's rotor, once the page has heard that it may.
    func pairRotor() async throws {
        #expect(await holds("!document.getElementById('pair-rotor').disabled"))
        try click("pair-rotor")
    }

    /// Waits until an element has these words in it.
    func shows(_ id: String, _ words: String) async -> Bool {
        await eventually { (try? self.text(id).contains(words)) ?? false }
    }

    /// Waits until a condition of the page's script holds.
    func holds(_ condition: String) async -> Bool {
        await eventually { (try? self.run("return Boolean(\(condition))")) == .bool(true) }
    }

    /// What a camera would read from the screen, by ZBar.
    func codeOnScreen(containing words: String) async throws -> String {
        let folder = try TemporaryFolder()
        let picture = try #require(Data(base64Encoded: try screenshot()))
        try picture.write(to: URL(fileURLWithPath: folder.path + "/screen.png"))
        let reader = try ChildProcess("zbarimg", ["--quiet", "--raw", folder.path + "/screen.png"])
        return try await reader.waitForLine(containing: words)
    }
}
