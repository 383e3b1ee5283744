import Testing

@testable import API
@testable import Station

@Suite struct OTPAuthURLTests {
    @Test(arguments: [
        ("eva@example.org", "eva%40example.org"), ("a&b=c?d#e@x", "a%26b%3Dc%3Fd%23e%40x"),
        ("jürgen@b", "j%C3%BCrgen%40b"), ("a:b%40@c", "a%3Ab%2540%40c"),
    ])
    func `an account stands in the address with its odd characters escaped`(
        account: String, escaped: String
    ) {
        let url = OTPAuthURL.text(
            FactorEnrolment(secret: "MZXW6", recoveryCodes: [], account: account))
        #expect(
            url == "otpauth://totp/Boresight:\(escaped)?secret=MZXW6&issuer=Boresight"
                + "&algorithm=SHA1&digits=6&period=30")
        #expect(QRCode(url) != nil)
    }
}
