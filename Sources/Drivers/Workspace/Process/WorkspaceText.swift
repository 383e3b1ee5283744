/// A text of a workspace's command, in which `{session}` and the like stand for a session's own.
///
/// What is put in stays one text: nothing is split at spaces, and nothing in it is a placeholder
/// again. `{{` is a brace.
package struct WorkspaceText: Sendable, Equatable {
    package enum Placeholder: String, Sendable, CaseIterable {
        case session
        case user
        case workspace
        case address
        case port
    }

    private enum Piece: Sendable, Equatable {
        case text(String)
        case placeholder(Placeholder)
    }

    /// Why a text is none, as a phrase for the operator.
    package struct Problem: Error, Sendable, Equatable {
        package let message: String
    }

    private let pieces: [Piece]

    package init(_ text: String) throws(Problem) {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let brace = rest.firstIndex(of: "{") {
            pieces.append(.text(String(rest[..<brace])))
            rest = rest[brace...].dropFirst()
            if rest.first == "{" {
                pieces.append(.text("{"))
                rest = rest.dropFirst()
                continue
            }
            guard let end = rest.firstIndex(of: "}") else {
                throw Problem(message: "has a '{' without its '}'; a brace is written as '{{'")
            }
            guard let placeholder = Placeholder(rawValue: String(rest[..<end])) else {
                throw Problem(
                    message: "has '{\(rest[..<end])}', which stands for nothing; there are "
                        + Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
                        + ", and a brace is written as '{{'")
            }
            pieces.append(.placeholder(placeholder))
            rest = rest[end...].dropFirst()
        }
        pieces.append(.text(String(rest)))
        self.pieces = pieces.filter { $0 != .text("") }
    }

    /// Whether the text tells the program its port.
    package var hasPort: Bool { pieces.contains(.placeholder(.port)) }

    /// The text for one session.
    package func filled(for wish: WorkspaceWish) -> ProgramText {
        ProgramText(
            pieces.map { piece in
                switch piece {
                case .text(let text): .text(text)
                case .placeholder(.session): .text(wish.session)
                case .placeholder(.user): .text(wish.user)
                case .placeholder(.workspace): .text(wish.workspace)
                case .placeholder(.address): .text(wish.clientAddress)
                case .placeholder(.port): .port
                }
            })
    }
}
