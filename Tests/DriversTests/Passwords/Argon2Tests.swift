import Testing

@testable import Drivers

@Suite struct Argon2Tests {
    @Test func `a hash knows its password again, and no other`() throws {
        let password = Password(presented: "correct horse")
        let hash = try #require(Argon2.hash(password))
        #expect(hash.stored.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
        #expect(Argon2.verify(password, hash) == true)
        #expect(Argon2.verify(Password(presented: "correct horsf"), hash) == false)
        #expect(Argon2.verify(Password(presented: ""), hash) == false)
        #expect(try #require(Argon2.hash(password)) != hash, "salted")
    }

    @Test func `nobody's hash costs what any other does, and lets nobody in`() throws {
        let hash = try #require(Argon2.hash(Password(presented: "whatever")))
        let cost = { (hash: PasswordHash) in hash.stored.split(separator: "$").prefix(3) }
        #expect(cost(Argon2.nobodys) == cost(hash))
        #expect(Argon2.nobodys.stored.utf8.count == hash.stored.utf8.count)
        // False, and not nil: it was computed and compared.
        #expect(Argon2.verify(Password(presented: "whatever"), Argon2.nobodys) == false)
    }

    @Test func `a broken hash is a failure and no wrong password`() {
        let broken = PasswordHash(stored: "$argon2id$v=19$m=65536,t=2,p=1$AAAA")
        #expect(Argon2.verify(Password(presented: "x"), broken) == nil)
    }
}
