import CSSH

/// A public or private key of libssh; owns the pointer.
// Unchecked because of the pointer: a key is handed over as a whole, from the thread that has read
// it to the edge's, and libssh keeps nothing of it elsewhere.
final class SSHKey: @unchecked Sendable {
    let pointer: ssh_key

    /// Takes a key over from libssh.
    init(owning pointer: ssh_key) {
        self.pointer = pointer
    }

    /// Reads a private key from the text of its file; nil when it is none, or is locked and the
    /// passphrase is another. One with a passphrase is made slow to read on purpose.
    private init?(privateKey text: String, passphrase: String?) {
        var key: ssh_key?
        // Without a passphrase and a callback libssh refuses a locked key, and asks nobody.
        let result = ssh_pki_import_privkey_base64(text, passphrase, nil, nil, &key)
        guard result == SSH_OK, let key else { return nil }
        pointer = key
    }

    static func read(_ text: String, passphrase: String?) -> Result<SSHKey, SSHError> {
        SSHKey(privateKey: text, passphrase: passphrase).map { .success($0) }
            ?? .failure(.keyUnreadable)
    }

    deinit {
        ssh_key_free(pointer)
    }

    /// `SHA256:` and unpadded base64, as OpenSSH prints it.
    func fingerprint() -> String? {
        var hash: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard ssh_get_publickey_hash(pointer, SSH_PUBLICKEY_HASH_SHA256, &hash, &count) == 0
        else { return nil }
        defer { ssh_clean_pubkey_hash(&hash) }
        guard let text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, count) else {
            return nil
        }
        defer { ssh_string_free_char(text) }
        return String(cString: text)
    }
}
