package import Drivers

/// How a caller shows that they have their second factor.
package enum SecondFactorProof: Sendable {
    /// What the authenticator shows now.
    case code(Password)
    case recovery(Password)

    package static func code(_ text: String) -> SecondFactorProof {
        .code(Password(presented: text))
    }

    package static func recovery(_ text: String) -> SecondFactorProof {
        .recovery(Password(presented: text))
    }
}
