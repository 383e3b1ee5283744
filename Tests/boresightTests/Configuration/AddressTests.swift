import Testing

@testable import boresight

@Suite struct AddressTests {
    static let hosts: [(String, String, UInt16)] = [
        ("127.0.0.1:8473", "127.0.0.1", 8473), ("[::1]:0", "::1", 0),
        ("pi.local:65535", "pi.local", 65535),
        ("[fe80::1%eth0]:1", "fe80::1%eth0", 1),
    ]

    @Test(arguments: hosts)
    func `a host and a port are read and written alike`(
        text: String, host: String, port: UInt16
    ) throws {
        let address = try HostPort(text: text)
        #expect(address == HostPort(host: host, port: port))
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", "host", ":1", "host:", "host:65536", "host:-1", "::1:80", "[::1]", "[]:1", "a b:1",
        "a/b:1", "host:1x",
    ])
    func `what is no host and port is refused`(text: String) {
        #expect(throws: TextValueProblem.self) { try HostPort(text: text) }
    }

    static let webAddresses: [(String, Bool, UInt16, String)] = [
        ("http://127.0.0.1:8473", false, 8473, "http://127.0.0.1:8473"),
        ("HTTPS://a.example/", true, 443, "https://a.example"),
        ("http://a.example:80", false, 80, "http://a.example"),
        ("https://[::1]:8473", true, 8473, "https://[::1]:8473"),
        ("http://[::1]", false, 80, "http://[::1]"),
    ]

    @Test(arguments: webAddresses)
    func `a web address is scheme, host and port`(
        text: String, isEncrypted: Bool, port: UInt16, written: String
    ) throws {
        let address = try WebAddress(text: text)
        #expect(address.isEncrypted == isEncrypted)
        #expect(address.host.port == port)
        #expect(address.description == written)
    }

    @Test(arguments: [
        "", "a.example", "ftp://a", "http://", "http://a/path", "http://a?q", "http://u:p@a",
        "http://a:x",
    ])
    func `what is no web address is refused`(text: String) {
        #expect(throws: TextValueProblem.self) { try WebAddress(text: text) }
    }

    @Test func `an API may have an address of its own`() throws {
        #expect(try ListenAddress(text: "workspaces=[::]:80").api == .workspaces)
        #expect(
            throws: TextValueProblem(
                "names an API that is not one of game-night, workspaces; did you mean game-night?")
        ) { try ListenAddress(text: "gamenight=a:1") }
    }
}
