/// What a user proves with who they are.
///
/// It never shows itself: not in a log, not in a recording, not in a trace.
package struct Password: Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// A password as somebody presents it, of any length.
    package init(presented text: String) {
        bytes = Array(text.utf8)
    }

    /// A password to be set; nil when its length is out of bounds.
    package init?(new text: String, limits: PasswordLimits = PasswordLimits()) {
        guard limits.characters.contains(text.unicodeScalars.count) else { return nil }
        self.init(presented: text)
    }

    package var description: String { "********" }
}

/// What is kept of a password: salted and slow to guess with.
package struct PasswordHash: Sendable, Equatable, CustomStringConvertible {
    /// As libsodium writes it; for the store only.
    package let stored: String

    package init(stored: String) {
        self.stored = stored
    }

    package var description: String { "********" }
}
