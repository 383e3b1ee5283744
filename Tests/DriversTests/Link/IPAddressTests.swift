import Testing

@testable import Drivers

@Suite struct IPAddressTests {
    @Test(
        arguments: [
            ("10.0.0.2", [10, 0, 0, 2]), ("::ffff:10.0.0.2", [10, 0, 0, 2]),
            ("::FFFF:a00:2", [10, 0, 0, 2]), ("::1", Array(repeating: 0, count: 15) + [1]),
            ("fe80::1%eth0", [0xFE, 0x80] + Array(repeating: 0, count: 13) + [1]),
        ] as [(String, [UInt8])])
    func `an address is its bytes`(text: String, bytes: [UInt8]) {
        #expect(IPAddress(text)?.bytes == bytes)
    }

    @Test(arguments: [
        "", "10.0.0", "10.0.0.256", "host", "1::2::3", "10.0.0.1:80", "[::1]", " ::1",
    ])
    func `anything else is none`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/24", "10.0.0.255", true), ("10.0.0.0/24", "10.0.1.0", false),
        ("10.0.0.0/25", "10.0.0.127", true), ("10.0.0.0/25", "10.0.0.128", false),
        ("10.0.0.2/32", "10.0.0.2", true), ("10.0.0.2/32", "10.0.0.3", false),
        ("10.0.0.2/31", "10.0.0.3", true), ("0.0.0.0/0", "192.0.2.1", true),
        ("10.0.0.0/8", "::ffff:10.9.8.7", true), ("::/0", "10.0.0.1", false),
        ("0.0.0.0/0", "::1", false), ("fd00::/64", "fd00::1:2:3:4", true),
        ("fd00::/64", "fd00:0:0:1::", false), ("fd00::2/127", "fd00::3", true),
        ("fd00::2/128", "fd00::3", false),
    ])
    func `a prefix has the addresses that begin like it`(
        prefix: String, address: String, isInside: Bool
    ) throws {
        let prefix = try #require(IPPrefix(prefix))
        #expect(prefix.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(arguments: ["", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "::/-1", "/8", "a/8"])
    func `anything else is no prefix`(text: String) {
        #expect(IPPrefix(text) == nil)
    }
}
