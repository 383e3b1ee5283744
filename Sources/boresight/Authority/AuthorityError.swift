/// Why a certificate could not be made or read.
struct AuthorityError: Error, Equatable, CustomStringConvertible {
    let what: String
    /// What GnuTLS says.
    let reason: String

    var description: String { "\(what): \(reason)" }
}
