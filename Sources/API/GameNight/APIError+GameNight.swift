import Engine
import JSON
import Station

/// Refusals in the words of the API's document.
extension APIError {
    init(_ error: GameNightError) {
        switch error {
        case .unknownNight: self.init(404, "Session not found")
        case .unknownNightGame: self.init(404, "Session game not found")
        case .unknownGame: self.init(404, "Game not found")
        case .anotherIsActive(let id):
            self.init(
                400,
                "An active session already exists. Please close it before creating a new one.")
            extra = [("activeSessionId", .integer(Int64(id)))]
        case .isActive:
            self.init(400, "Cannot delete an active session. Please close it first.")
        case .isClosed: self.init(400, "Session is already closed")
        case .notes(let characters):
            self.init(400, "notes must have at most \(characters) characters")
        case .invalidRoomCode:
            self.init(400, "room_code must be exactly 4 alphanumeric characters (A-Z, 0-9)")
        case .noRoomCode: self.init(400, "Game does not have a room code")
        case .invalidPlayerCount: self.init(400, "player_count must be a positive number")
        case .tooManyNights:
            self.init(503, "there are too many sessions; delete old ones first")
        case .tooManyGames: self.init(503, "there are too many games in sessions")
        case .tooManyMonitors: self.init(503, "too many room monitors are running")
        }
    }

    init(_ error: GamesError) {
        switch error {
        case .unknownGame: self.init(404, "Game not found")
        case .invalid(let problem): self.init(400, problem.description)
        case .tooManyGames: self.init(503, "there are too many games")
        case .isUsed:
            self.init(409, "Game was played in a session; disable it instead of deleting it")
        }
    }

    init(_ error: VoteError) {
        switch error {
        case .noActiveNight: self.init(404, "No active session")
        case .noGame: self.init(404, "No game was played at this time")
        case .duplicate:
            self.init(409, "Duplicate vote: the same user voted within one second")
        case .tooManyVotes: self.init(503, "there are too many votes")
        case .userName(let characters):
            self.init(400, "username must be one line of 1 to \(characters) characters")
        }
    }

    init(_ error: ChatImportError) {
        switch error {
        case .unknownNight, .nightDeleted: self.init(404, "Session not found")
        case .noGames:
            self.init(400, "No games played in this session to match votes against")
        case .full(let imported):
            self.init(
                503,
                "\(imported) messages were imported, then there was no room for more; delete old "
                    + "sessions and import again")
        case .tooManyImports:
            self.init(503, "other imports are under way; try again later")
            self = with(header: "Retry-After", "5")
        }
    }

    init(_ error: WebhookError) {
        switch error {
        case .unknownWebhook: self.init(404, "Webhook not found")
        case .tooManyWebhooks: self.init(503, "there are too many webhooks")
        case .invalid(let problem): self.init(400, problem)
        }
    }
}
