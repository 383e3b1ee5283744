import Foundation
import TestSupport
import Testing

/// A phone's authenticator, by Python's own HMAC: a second opinion on RFC 6238.
struct Authenticator {
    let secret: String
    private var last: Int64 = 0

    init(_ secret: String) {
        self.secret = secret
    }

    /// A code that was not given before, and that is good for half a minute at least.
    mutating func next() async throws -> String {
        var step = max(last + 1, Self.now)
        // Of the future a station takes one only.
        while step > Self.now + 1 { try await Task.sleep(for: .milliseconds(100)) }
        step = max(step, Self.now)
        last = step
        return try await code(step)
    }

    func code(_ step: Int64) async throws -> String {
        let script = """
            import base64, hashlib, hmac, struct, sys
            key = base64.b32decode(sys.argv[1])
            digest = hmac.new(key, struct.pack(">Q", int(sys.argv[2])), hashlib.sha1).digest()
            start = digest[-1] & 15
            number = struct.unpack(">I", digest[start:start + 4])[0] & 0x7FFFFFFF
            print("%06d" % (number % 1000000))
            """
        let python = try ChildProcess("/usr/bin/python3", ["-c", script, secret, String(step)])
        let line = try await python.waitForLine(containing: "")
        return String(line.prefix(6))
    }

    static var now: Int64 { Int64(Date().timeIntervalSince1970) / 30 }
}
