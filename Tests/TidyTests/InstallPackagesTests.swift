import FoundationEssentials
import TestSupport
import Testing

/// Scripts/install-packages in a world where dpkg-query, apt-get and sudo only take notes.
@Suite struct InstallPackagesTests {
    private struct World: ~Copyable {
        let folder: String

        init(installed: [String], root: Bool = true, without missing: [String] = []) throws {
            folder = FileManager.default.temporaryDirectory.path + "/boresight-\(UUID())"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            let known = installed.joined(separator: "|")
            try program("id", "echo \(root ? 0 : 1000)")
            try program(
                "dpkg-query",
                "case \"${!#}\" in \(known.isEmpty ? "-" : known)) echo installed ;; *) exit 1 ;; esac"
            )
            try program("apt-get", "echo \"apt-get $*\" >> \(folder)/notes")
            try program("apt-cache", "[ \"$2\" != chromium ]")
            try program("sudo", "echo \"sudo\" >> \(folder)/notes; shift; exec \"$@\"")
            // What the script itself is made of.
            for name in ["env", "sed", "grep", "bash"] {
                try FileManager.default.createSymbolicLink(
                    atPath: folder + "/" + name, withDestinationPath: "/usr/bin/" + name)
            }
            for name in missing { try FileManager.default.removeItem(atPath: folder + "/" + name) }
        }

        deinit {
            try? FileManager.default.removeItem(atPath: folder)
        }

        private func program(_ name: String, _ text: String) throws {
            let path = folder + "/" + name
            try Data("#!/bin/bash\n\(text)\n".utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }

        var notes: String {
            let bytes = FileManager.default.contents(atPath: folder + "/notes") ?? Data()
            return String(decoding: bytes, as: UTF8.self)
        }

        /// Exit code and what was said.
        func run(_ words: String...) async throws -> (code: ChildProcess.Exit?, said: String) {
            let script = Repository.here.root + "/Scripts/install-packages"
            // "end" comes last, so that everything before it has been read too.
            let process = try ChildProcess(
                "/bin/bash",
                ["-c", "/bin/bash \"$@\" 2>&1; code=$?; echo end; exit $code", "-", script] + words,
                environment: ["PATH=" + folder])
            let code = await process.waitForExit()
            _ = await eventually { process.standardOutput.hasSuffix("end\n") }
            return (code, String(process.standardOutput.dropLast(4)))
        }
    }

    private static let build = [
        "pkg-config", "libgps-dev", "libssh-dev", "libmicrohttpd-dev", "libwslay-dev",
        "libcurl4-openssl-dev", "libsqlite3-dev", "zlib1g-dev", "libqrencode-dev",
        "libjs-leaflet", "libsodium-dev", "libgnutls28-dev",
    ]

    @Test func `with everything there it says nothing and does nothing`() async throws {
        let world = try World(installed: Self.build)
        let result = try await world.run("build")
        #expect(result.code == .code(0))
        #expect(result.said.isEmpty)
        #expect(world.notes.isEmpty)
    }

    @Test func `what is missing is said with its reason, then installed, and only that`()
        async throws
    {
        let world = try World(installed: Array(Self.build.dropLast()))
        let result = try await world.run("build")
        #expect(result.code == .code(0))
        #expect(result.said.contains("libgnutls28-dev        codes of second factors"))
        #expect(!result.said.contains("libgps-dev"))
        let calls = world.notes.split(separator: "\n")
        #expect(calls.count == 2)
        #expect(calls.first?.hasSuffix(" update") == true)
        #expect(
            calls.last?.hasSuffix("install --yes --no-install-recommends libgnutls28-dev") == true)
    }

    @Test func `without root it asks sudo, without a terminal no questions`() async throws {
        let world = try World(installed: Array(Self.build.dropLast()), root: false)
        #expect(try await world.run("build").code == .code(0))
        #expect(world.notes.contains("sudo\napt-get"))
    }

    @Test func `without root and sudo it tells the command`() async throws {
        let world = try World(
            installed: Array(Self.build.dropLast()), root: false, without: ["sudo"])
        let result = try await world.run("build")
        #expect(result.code == .code(1))
        #expect(result.said.contains("apt-get install libgnutls28-dev"))
    }

    @Test func `without apt it says so`() async throws {
        let world = try World(installed: [], without: ["apt-get"])
        let result = try await world.run("build")
        #expect(result.code == .code(1))
        #expect(result.said.contains("there is no apt-get here"))
    }

    @Test func `a package that this system lacks is told and not fatal where it may be`()
        async throws
    {
        let world = try World(installed: Self.build)
        let result = try await world.run("test")
        #expect(result.code == .code(0))
        #expect(result.said.contains("no package 'chromium' here"))
        #expect(world.notes.contains(" chromium-driver"))
        #expect(!world.notes.contains(" chromium "))
    }

    @Test func `an unknown list is a usage error`() async throws {
        let world = try World(installed: [])
        #expect(try await world.run("nonsense").code == .code(2))
        #expect(try await world.run().code == .code(2))
        #expect(world.notes.isEmpty)
    }
}
