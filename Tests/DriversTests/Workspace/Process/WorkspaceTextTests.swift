import Drivers
import Testing

@Suite struct WorkspaceTextTests {
    private static let wish = WorkspaceWish(
        session: "s-1", user: "{port} $(id)", userEmail: "", workspace: "ws", workspaceName: "",
        clientAddress: "::1")

    @Test(arguments: [
        ("", ""), ("plain $HOME }", "plain $HOME }"), ("{session}", "s-1"),
        ("a{workspace}b{address}c", "awsb::1c"), ("{{session}", "{session}"),
        ("${{HOME}", "${HOME}"), ("{{{session}}", "{s-1}"), ("x:{port}", "x:5901"),
        ("{user}", "{port} $(id)"),
    ])
    func `placeholders are filled once and nothing else is read`(text: String, filled: String)
        throws
    {
        let program = try WorkspaceText(text).filled(for: Self.wish)
        #expect(program.filled(port: 5901) == filled)
    }

    @Test(arguments: ["{", "a{session", "{}", "{Session}", "{ session }", "{home}", "{{{"])
    func `an unknown placeholder is an error that says what there is`(text: String) {
        let error = #expect(throws: WorkspaceText.Problem.self) { try WorkspaceText(text) }
        #expect(error?.message.contains("'{{'") == true)
    }

    @Test func `a text knows whether it tells the port`() throws {
        #expect(try WorkspaceText("{session}{port}").hasPort)
        #expect(try !WorkspaceText("{session}{{port}").hasPort)
    }
}
