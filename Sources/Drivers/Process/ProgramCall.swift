/// One program of this machine that is to run, as its leader's call says it.
package struct ProgramCall: Sendable, Equatable {
    /// What it is known by, as in its environment; one of a kind among those that run.
    package var name: String
    /// Its absolute path; no shell and no `PATH` is between.
    package var executable: String
    /// What it is told, without its own name in front.
    package var arguments: [ProgramText]
    /// What it finds in its environment besides the little that everyone has (`ProcessLimits`).
    /// The values are neither traced nor recorded.
    package var environment: [String: ProgramText]
    /// Where it begins; nil for the root directory.
    package var workingDirectory: String?
    package var output: ProgramOutput
    package var readiness: ProgramReadiness
    /// How long it may take until it is ready.
    package var startTimeout: Duration
    /// How long it may take to end once it is asked to.
    package var stopGrace: Duration

    package init(
        name: String, executable: String, arguments: [ProgramText] = [],
        environment: [String: ProgramText] = [:], workingDirectory: String? = nil,
        output: ProgramOutput, readiness: ProgramReadiness = .atOnce,
        startTimeout: Duration = .seconds(10), stopGrace: Duration = .seconds(5)
    ) {
        self.name = name
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.output = output
        self.readiness = readiness
        self.startTimeout = startTimeout
        self.stopGrace = stopGrace
    }
}

/// Where a program's standard output and error go, both the same way.
package enum ProgramOutput: Sendable, Equatable {
    /// Into a file, of which the newest `bytes` matter; see `ProgramLog`.
    case log(path: String, bytes: Int)
    /// Into the core as one `output`, for programs that answer a question.
    case captured
}

/// When a program can be worked with.
package enum ProgramReadiness: Sendable, Equatable {
    case atOnce
    /// Once this port of the loopback interface accepts connections. The program sees one
    /// connection that ends at once.
    case port(UInt16)
    /// The same, with a free port that the program is told.
    case pickedPort
}

/// A text for a program in which its port may stand, which is not known before.
package struct ProgramText: Sendable, Equatable {
    package enum Piece: Sendable, Equatable {
        case text(String)
        case port
    }

    package let pieces: [Piece]

    package init(_ pieces: [Piece]) {
        self.pieces = pieces
    }

    package init(_ text: String) {
        pieces = [.text(text)]
    }

    package var hasPort: Bool { pieces.contains(.port) }

    /// The text as the program sees it.
    package func filled(port: UInt16?) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .port: port.map(String.init) ?? ""
            }
        }.joined()
    }
}

extension ProgramText: ExpressibleByStringLiteral, CustomStringConvertible {
    package init(stringLiteral text: String) {
        self.init(text)
    }

    /// With `{port}` where the port will stand.
    package var description: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .port: "{port}"
            }
        }.joined()
    }
}
