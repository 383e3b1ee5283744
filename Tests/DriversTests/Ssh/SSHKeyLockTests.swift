import Drivers
import Testing

@Suite struct SSHKeyLockTests {
    /// The beginnings of keys that `ssh-keygen -t ed25519` made, with `-a 16 -N "open sesame"` and
    /// without.
    private static let locked = """
        b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAA\
        ABBOyBcexxrfovY20sUsq7LNAAAAEA
        """
    private static let open = """
        b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAA
        """

    private static func key(_ label: String, _ body: String) -> String {
        "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
    }

    @Test func `a key of ssh-keygen tells its rounds`() {
        #expect(SSHKeyLock(Self.key("OPENSSH PRIVATE KEY", Self.locked)) == .bcrypt(rounds: 16))
        let lines = Self.locked.map { "\($0)\r\n" }.joined()
        #expect(SSHKeyLock("\n " + Self.key("OPENSSH PRIVATE KEY", lines)) == .bcrypt(rounds: 16))
    }

    @Test func `a key without a lock costs nothing`() {
        #expect(SSHKeyLock(Self.key("OPENSSH PRIVATE KEY", Self.open)) == .light)
    }

    @Test func `an older key costs one hash`() {
        let body = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA"
        #expect(SSHKeyLock(Self.key("RSA PRIVATE KEY", body)) == .light)
    }

    @Test func `a key that may cost anything is told`() {
        let encrypted = Self.key("ENCRYPTED PRIVATE KEY", "AAAA")
        #expect(SSHKeyLock(encrypted) == .unknown)
        #expect(SSHKeyLock("first\n" + encrypted) == .unknown)
        #expect(SSHKeyLock(Self.key("OPENSSH PRIVATE KEY", Self.open) + encrypted) == .unknown)
    }

    @Test func `a key that breaks off is not understood, wherever it does`() {
        let rounds = Self.locked.count * 6 / 8
        for count in 0..<Self.locked.count {
            let lock = SSHKeyLock(
                Self.key("OPENSSH PRIVATE KEY", String(Self.locked.prefix(count))))
            #expect(lock == .unknown || count * 6 / 8 >= rounds, "\(count)")
        }
    }

    @Test func `the bound belongs to what is allowed`() {
        #expect(SSHKeyLock.bcrypt(rounds: 16).opens(within: 16))
        #expect(!SSHKeyLock.bcrypt(rounds: 17).opens(within: 16))
        #expect(SSHKeyLock.light.opens(within: 0))
        #expect(!SSHKeyLock.unknown.opens(within: .max))
    }
}
