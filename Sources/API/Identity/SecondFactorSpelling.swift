/// Where a user's second factor is asked for, and how its members are spelt there.
enum SecondFactorSpelling: Sendable {
    /// Our own endpoints.
    case own
    /// 004, whose members have underscores.
    case workspaces

    var path: String {
        switch self {
        case .own: "/v1/me/second-factor"
        case .workspaces: "/workspaces/api/auth/mfa"
        }
    }

    var otpauthURL: String { self == .own ? "otpauthUrl" : "otpauth_url" }
    var qrSVG: String { self == .own ? "qrSvg" : "qr_svg" }
    var recoveryCodes: String { self == .own ? "recoveryCodes" : "recovery_codes" }
    var recoveryCode: String { self == .own ? "recoveryCode" : "recovery_code" }
    var recoveryCodesLeft: String { self == .own ? "recoveryCodesLeft" : "recovery_codes_left" }
    var createdAt: String { self == .own ? "createdAt" : "created_at" }
}
