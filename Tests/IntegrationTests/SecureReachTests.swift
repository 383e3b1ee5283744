import JSON
import TestSupport
import Testing
import Transport

/// HTTPS with the station's own authority, and the wireless network, as a phone would find them.
@Suite struct SecureReachTests {
    @Test func `a phone that trusts the authority uses HTTPS, also after a restart`() async throws {
        let port = try Loopback.freePort()
        let daemon = try await DaemonProcess(["--gpsd", "none", "--https", "127.0.0.1:\(port)"])
        let told = try daemon.call("GET", "/v1/authority").object
        #expect(told["httpsUrls"]?.arrayValue == [.string("https://127.0.0.1:\(port)")])
        let path = try #require(told["certificateUrl"]?.stringValue)
        let certificate = try daemon.call("GET", path)
        #expect(certificate.headers["Content-Type"] == "application/x-x509-ca-cert")
        try daemon.folder.write(certificate.text, to: "trusted.pem")

        #expect(try await curl(daemon, port, "--cacert", daemon.folder.path + "/trusted.pem") == 0)
        // 60: the certificate's authority is not known.
        #expect(try await curl(daemon, port) == 60)
        try await daemon.restart()
        #expect(try await curl(daemon, port, "--cacert", daemon.folder.path + "/trusted.pem") == 0)
        let again = try daemon.call("GET", "/v1/authority").object
        #expect(again["fingerprint"] == told["fingerprint"])
    }

    private func curl(
        _ daemon: DaemonProcess, _ port: UInt16, _ words: String...
    ) async throws -> Int32 {
        let curl = try ChildProcess(
            "/usr/bin/curl",
            ["--silent", "--fail", "--max-time", "30"] + words
                + ["https://127.0.0.1:\(port)/health"])
        guard case .code(let code)? = await curl.waitForExit() else { return -1 }
        return code
    }

    @Test func `a damaged authority is named at the start`() async throws {
        let folder = try TemporaryFolder()
        let daemon = try await DaemonProcess(
            ["--gpsd", "none", "--https", "127.0.0.1:0"], folder: folder)
        daemon.kill()
        try folder.write("nonsense", to: "authority.pem")
        let again = try ChildProcess(
            try BuiltProgram.path("boresight"),
            [
                "serve", "--data", folder.path, "--gpsd", "none", "--listen", "127.0.0.1:0",
                "--https", "127.0.0.1:0",
            ])
        #expect(await again.waitForOutput() == .code(78))
        #expect(again.standardError.contains("authority.pem"))
    }

    @Test func `without the setting there is no authority and no network`() async throws {
        let daemon = try await SharedDaemon.plain.value
        #expect(try daemon.call("GET", "/v1/authority").status == 204)
        let certificate = "/v1/authority/boresight-authority.crt"
        #expect(try daemon.call("GET", certificate).status == 404)
        #expect(try daemon.call("GET", "/v1/wifi").status == 401)
        #expect(try daemon.call("GET", "/v1/wifi", token: daemon.token).status == 204)
    }

    @Test func `the code of the wireless network is for whoever is signed in`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a;b\"c\\d, e\n", to: "wifi")
        let daemon = try await DaemonProcess(
            [
                "--gpsd", "none", "--wifi-name", "Mast: 7", "--wifi-password-file",
                folder.path + "/wifi", "--record", folder.path + "/record.jsonl",
            ])
        #expect(try daemon.call("GET", "/v1/wifi").status == 401)
        let told = try daemon.call("GET", "/v1/wifi", token: daemon.token).object
        #expect(told["name"] == .string("Mast: 7") && told["security"] == .string("WPA"))
        try folder.write(#require(told["qrSvg"]?.stringValue), to: "code.svg")
        if Browser.isInstalled {
            let browser = try await Browser(width: 400, height: 400)
            try browser.open("file://" + folder.path + "/code.svg")
            #expect(
                try await browser.codeOnScreen(containing: "WIFI:")
                    == #"WIFI:T:WPA;S:Mast\: 7;P:a\;b\"c\\d\, e;;"#)
        }
        daemon.process.signal(15)
        #expect(await daemon.process.waitForExit() == .code(0))
        let record = try folder.text(of: "record.jsonl")
        #expect(record.contains("Mast: 7"))
        #expect(!record.contains("a;b") && !record.contains(#"a\\;b"#))
        let replay = try ChildProcess(
            try BuiltProgram.path("boresight"), ["replay", folder.path + "/record.jsonl"])
        #expect(await replay.waitForOutput() == .code(0), "\(replay.standardOutput)")
    }
}
