import Station

/// The address by which an authenticator takes a secret, as its makers have agreed on.
///
/// <https://github.com/google/google-authenticator/wiki/Key-Uri-Format>
enum OTPAuthURL {
    private static let issuer = "Boresight"

    static func text(_ enrolment: FactorEnrolment) -> String {
        "otpauth://totp/\(issuer):\(PercentEncoding.encode(enrolment.account))"
            + "?secret=\(enrolment.secret)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30"
    }
}
