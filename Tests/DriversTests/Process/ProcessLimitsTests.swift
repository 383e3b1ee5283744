import Testing

@testable import Drivers

@Suite struct ProcessLimitsTests {
    private static let small: ProcessLimits = {
        var limits = ProcessLimits()
        limits.arguments = 2
        limits.variables = 1
        limits.textBytes = 20
        limits.callBytes = 60
        return limits
    }()

    private func isAllowed(
        _ change: @Sendable (inout ProgramCall) -> Void = { _ in }
    ) -> Bool {
        var call = ProgramCall(
            name: "s-1", executable: "/bin/true", output: .log(path: "/tmp/a", bytes: 5000))
        change(&call)
        return Self.small.allow(call)
    }

    @Test func `a call within the bounds is allowed`() {
        #expect(isAllowed())
        #expect(isAllowed { $0.arguments = ["12345678901234567890", ""] })
        #expect(isAllowed { $0.environment = ["A": "=b"] })
        #expect(isAllowed { $0.output = .captured })
    }

    @Test(
        arguments: [
            { $0.name = "" }, { $0.name = "a\0" }, { $0.executable = "true" },
            { $0.executable = "" }, { $0.workingDirectory = "tmp" },
            { $0.arguments = ["", "", ""] }, { $0.arguments = ["123456789012345678901"] },
            { $0.arguments = ["a\0b"] }, { $0.environment = ["A": "", "B": ""] },
            { $0.environment = ["": ""] }, { $0.environment = ["A=": ""] },
            { $0.environment = ["BORESIGHT_SESSION": ""] },
            { $0.output = .log(path: "a", bytes: 5000) },
            { $0.output = .log(path: "/a", bytes: 4095) },
            { $0.output = .log(path: "/a", bytes: 100_000_001) }, { $0.readiness = .port(0) },
            // Each is short enough, and all together are not.
            { $0.arguments = ["12345678901234567890", "12345678901234567890"] },
        ] as [@Sendable (inout ProgramCall) -> Void])
    func `what is beyond them is not`(change: @escaping @Sendable (inout ProgramCall) -> Void) {
        #expect(!isAllowed(change))
    }

    @Test(
        arguments: [
            .notFound, .notExecutable, .noDirectory, .invalidCall, .nameTaken, .tooMany, .portTaken,
            .noPort, .noLog(28), .startTimedOut, .outputTooLong, .notEnded, .cancelled, .refused,
            .noThread, .other(12),
        ] as [ProcessError])
    func `every error has words and a name that is read again`(error: ProcessError) {
        #expect(ProcessError(name: error.name) == error)
        #expect(!error.description.isEmpty)
    }
}
