import Drivers
import Testing

@Suite struct PasswordTests {
    @Test(arguments: [
        ("", false), ("12345", false), ("123456", true), ("tester", true),
        (String(repeating: "ä", count: 128), true), (String(repeating: "ä", count: 129), false),
        // Six characters for a reader, many for whoever has to store them.
        (String(repeating: "e\u{301}\u{302}\u{303}", count: 40), false),
    ])
    func `a new password has six to 128 characters`(text: String, isPossible: Bool) {
        #expect((Password(new: text) != nil) == isPossible)
    }

    @Test func `a password and its hash show themselves nowhere`() {
        let password = Password(presented: "open sesame")
        #expect("\(password) \(String(describing: password))" == "******** ********")
        #expect("\(PasswordHash(stored: "$argon2id$x"))" == "********")
    }
}
