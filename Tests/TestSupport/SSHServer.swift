import Foundation
import Glibc

/// A real sshd that a test runs, with keys and one user of its own.
///
/// The user exists for this sshd alone (nss_wrapper(1)) and is in truth who runs the test, or
/// nobody where that is root: so nothing of the system is changed, and a device's usual case is
/// tested, whose sshd watches over the session from a process of its own.
package final class SSHServer: Sendable {
    /// How it takes the password.
    package enum Passwords: CaseIterable, Sendable {
        case asPassword
        /// Asked for by PAM (pam_wrapper(1)): what most systems do that seem to take no passwords.
        case asAnswer
        case asAnswerThatShows
        case asTwoAnswers

        /// What PAM asks, as options of pam_matrix(8) for each question.
        fileprivate var questions: [String] {
            switch self {
            case .asPassword: []
            case .asAnswer: [""]
            case .asAnswerThatShows: ["echo"]
            case .asTwoAnswers: ["", ""]
            }
        }
    }

    package static let password = "correct horse"
    /// Made by `openssl passwd -6 -salt boresight "correct horse"`.
    private static let passwordHash = """
        $6$boresight$gw74VwkeEN.VKp0.5jeDgMKgcep8BBJ9FxpHZmtM5Hvg51L\
        JkQEZf7v73JFtuejnbEtBT4Tpz.aXZKLMNQe/q1
        """
    private static let program = "/usr/sbin/sshd"
    private static let needed = [program, "/usr/bin/ssh-keygen", "/usr/bin/setpriv"]
    package static let user = "field"

    package let folder: TemporaryFolder
    package let port: UInt16
    package let fingerprint: String
    /// The user's private key.
    package let key: String
    private let process: ChildProcess

    package init(_ passwords: Passwords = .asPassword) async throws {
        for program in Self.needed where !FileManager.default.isExecutableFile(atPath: program) {
            throw ChildProcess.Failure(
                description: "no \(program): run Scripts/install-packages test")
        }
        folder = try TemporaryFolder()
        // It will have private keys.
        chmod(folder.path, 0o700)
        for name in ["host", "user", "stranger"] {
            try await Self.makeKey(in: folder, name)
        }
        key = try folder.text(of: "user")
        let print = try ChildProcess("ssh-keygen", ["-l", "-f", folder.path + "/host.pub"])
        fingerprint = String(
            try await print.waitForLine(containing: "SHA256:").split(separator: " ")[1])
        let owner = getuid() == 0 ? Self.nobody : getuid()
        let group = getuid() == 0 ? Self.nobody : getgid()
        try Self.write(passwords, owner: owner, group: group, to: folder)
        if getuid() == 0 { try Self.give(folder, to: owner) }
        (process, port) = try await Self.start(passwords, folder, owner: owner, group: group)
    }

    deinit {
        process.kill()
        removeCopies()
    }

    package func signal(_ number: Int32) { process.signal(number) }

    /// Ends the one who listens; sessions have processes of their own.
    package func kill() { process.kill() }

    /// Makes a pair of keys and returns the private one.
    @discardableResult
    package static func makeKey(
        in folder: TemporaryFolder, _ name: String, _ options: [String] = ["-t", "ed25519"],
        passphrase: String = ""
    ) async throws -> String {
        let path = folder.path + "/" + name
        let maker = try ChildProcess("ssh-keygen", ["-q", "-N", passphrase, "-f", path] + options)
        guard await maker.waitForExit() == .code(0) else {
            throw ChildProcess.Failure(description: "ssh-keygen: \(maker.standardError)")
        }
        return try folder.text(of: name)
    }

    /// Lets the user in with this key as well.
    package func allow(_ name: String) throws {
        let keys = try ["user", name].map { try folder.text(of: $0 + ".pub") }
        try folder.write(keys.joined(), to: "allowed")
    }

    // MARK: Files

    private static let nobody: UInt32 = 65534

    private static func write(
        _ passwords: Passwords, owner: UInt32, group: UInt32,
        to folder: TemporaryFolder
    ) throws {
        let path = folder.path
        // One try to log in, so that a test sees when more are made.
        try folder.write(
            "\(user):\(passwordHash):\(owner):\(group)::\(path):/bin/sh\n", to: "passwd")
        try folder.write("\(user):x:\(group):\n", to: "group")
        try folder.write(folder.text(of: "user.pub"), to: "allowed")
        let asks = !passwords.questions.isEmpty
        try folder.write(
            """
            ListenAddress 127.0.0.1
            HostKey \(path)/host
            AuthorizedKeysFile \(path)/allowed
            PidFile none
            StrictModes no
            UsePAM \(asks ? "yes" : "no")
            PasswordAuthentication \(asks ? "no" : "yes")
            KbdInteractiveAuthentication \(asks ? "yes" : "no")
            MaxAuthTries 1
            MaxStartups 100

            """, to: "config")
        guard asks else { return }
        try folder.write("\(user):\(password):sshd\n", to: "passwords")
        try FileManager.default.createDirectory(
            atPath: path + "/pam", withIntermediateDirectories: false)
        let module = try library("pam_wrapper/pam_matrix.so")
        let questions = passwords.questions.map {
            "auth required \(module) passdb=\(path)/passwords \($0)\n"
        }
        let rest = "account required pam_permit.so\nsession required pam_permit.so\n"
        try folder.write(questions.joined() + rest, to: "pam/sshd")
    }

    private static func give(_ folder: TemporaryFolder, to owner: UInt32) throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        for path in [folder.path] + names.map({ folder.path + "/" + $0 }) {
            chown(path, owner, owner)
        }
    }

    // MARK: Process

    /// Another test's server may take the free port first: then the next one.
    private static func start(
        _ passwords: Passwords, _ folder: TemporaryFolder, owner: UInt32, group: UInt32
    ) async throws -> (ChildProcess, UInt16) {
        let words = try command(passwords, folder, owner: owner, group: group)
        while true {
            let port = try Loopback.freePort()
            let process = try ChildProcess(words[0], words.dropFirst() + ["-p", String(port)])
            let line = try await process.waitForLine(containing: "port \(port)")
            if line.hasPrefix("Server listening") { return (process, port) }
        }
    }

    private static func command(
        _ passwords: Passwords, _ folder: TemporaryFolder, owner: UInt32, group: UInt32
    ) throws -> [String] {
        var libraries = [try library("libnss_wrapper.so")]
        if !passwords.questions.isEmpty { libraries.append(try library("libpam_wrapper.so")) }
        let step =
            getuid() == 0
            ? ["setpriv", "--reuid=\(owner)", "--regid=\(group)", "--clear-groups"] : []
        return step + [
            "env", "LD_PRELOAD=" + libraries.joined(separator: ":"),
            "NSS_WRAPPER_PASSWD=\(folder.path)/passwd", "NSS_WRAPPER_GROUP=\(folder.path)/group",
            "PAM_WRAPPER=1", "PAM_WRAPPER_SERVICE_DIR=\(folder.path)/pam",
            program, "-D", "-e", "-f", folder.path + "/config",
        ]
    }

    /// Where Debian has it for this kind of processor.
    private static func library(_ name: String) throws -> String {
        let folders = try FileManager.default.contentsOfDirectory(atPath: "/usr/lib")
            .filter { $0.contains("-linux-gnu") }
        let paths = folders.map { "/usr/lib/\($0)/\(name)" }
        guard let path = paths.first(where: FileManager.default.fileExists) else {
            throw ChildProcess.Failure(
                description: "no \(name): run Scripts/install-packages test")
        }
        return path
    }

    /// Removes the copies of our folder's `pam` that pam_wrapper leaves in /tmp.
    private func removeCopies() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
        for path in names.filter({ $0.hasPrefix("pam.") }).map({ "/tmp/" + $0 }) {
            let copy = try? String(contentsOfFile: path + "/sshd", encoding: .utf8)
            guard let copy, copy.contains(folder.path) else { continue }
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
