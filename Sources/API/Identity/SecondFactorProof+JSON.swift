import JSON
import Station

extension SecondFactorProof {
    /// The code that a body shows, or the recovery code; nil where there is neither.
    init?(
        _ body: JSONObject, code: String = "totp_code", recoveryCode: String = "recovery_code"
    ) throws(APIError) {
        if let text = try WrittenText.optional(body, code), !text.isEmpty {
            self = .code(text)
        } else if let text = try WrittenText.optional(body, recoveryCode), !text.isEmpty {
            self = .recovery(text)
        } else {
            return nil
        }
    }
}
