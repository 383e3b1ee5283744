import Testing

@testable import boresight

@Suite struct GameNightCommandTests {
    private static let nights = "/game-night/api/sessions"
    private static let night =
        #"{"id":5,"notes":"Friday","is_active":1,"created_at":"2026-03-15T19:00:00.000Z","#
        + #""closed_at":null,"games_played":1}"#
    private static let games = [(1, "Quiplash 2"), (2, "Quiplash 3"), (3, "Drawful")].map {
        #"{"id":\#($0.0),"title":"\#($0.1)","enabled":1}"#
    }.joined(separator: ",")
    private static let played =
        #"{"id":14,"game_id":2,"title":"Quiplash 3","status":"playing","room_code":"ABCD","#
        + #""upvotes":15,"downvotes":3}"#

    private static let replies: [String: (status: Int, body: String)] = [
        "GET \(nights)/active": (200, night),
        "GET \(nights)": (200, "[\(night)]"),
        "GET \(nights)/4": (200, night.replacing(#""id":5"#, with: #""id":4"#)),
        "GET /game-night/api/games": (200, "[\(games)]"),
        "POST \(nights)": (201, night),
        "POST \(nights)/5/close": (200, night),
        "POST \(nights)/5/games": (201, played),
        "GET \(nights)/5/games": (200, "[\(played)]"),
        "GET \(nights)/5/games/14/status-live": (
            200,
            #"{"monitoring":true,"playerCount":4,"gameState":"Lobby","lobbyState":"CanStart"}"#
        ),
        "GET \(nights)/5/votes": (
            200,
            #"{"session_id":5,"votes":[{"title":"Quiplash 3","upvotes":14,"downvotes":3,"#
                + #""net_score":11}]}"#
        ),
        "GET \(nights)/4/export?format=json": (200, #"{"session":{"id":4}}"#),
        "PATCH \(nights)/5/games/14/room-code": (200, played),
        "POST \(nights)/5/games/14/start-player-check": (200, "{}"),
    ]

    private static let verbs: [(String, [String])] = [
        ("game-night start", ["POST \(nights) {}"]),
        (#"game-night start --notes Friday"#, [#"POST \#(nights) {"notes":"Friday"}"#]),
        ("game-night end", ["GET \(nights)/active", "POST \(nights)/5/close {}"]),
        (
            "game-night add draw --room abcd",
            [
                "GET \(nights)/active", "GET /game-night/api/games",
                #"POST \#(nights)/5/games {"manually_added":true,"game_id":3,"room_code":"ABCD"}"#,
            ]
        ),
        (
            "game-night add 2",
            [
                "GET \(nights)/active", "GET /game-night/api/games",
                #"POST \#(nights)/5/games {"manually_added":true,"game_id":2}"#,
            ]
        ),
        (
            "game-night room xy9z",
            [
                "GET \(nights)/active", "GET \(nights)/5/games",
                #"PATCH \#(nights)/5/games/14/room-code {"room_code":"XY9Z"}"#,
                "POST \(nights)/5/games/14/start-player-check",
            ]
        ),
        (
            "game-night export --night 4 --format json",
            ["GET \(nights)/4", "GET \(nights)/4/export?format=json"]
        ),
    ]

    @Test(arguments: verbs)
    func `a verb asks the server what it should`(line: String, requests: [String]) {
        let run = CommandRun(line, Self.replies)
        #expect(run.asked == requests)
        #expect(run.code == .success, "\(run.error)")
    }

    @Test func `a game is found by the beginning of its title, if only one begins so`() {
        let run = CommandRun("game-night add quip", Self.replies)
        #expect(run.code == .failure)
        #expect(run.error.contains("2 games begin with 'quip'"))
        #expect(run.error.contains("there is: Quiplash 2, Quiplash 3"))
        let unknown = CommandRun("game-night add Drawfull", Self.replies)
        #expect(unknown.error.contains("did you mean 'Drawful'?"))
    }

    @Test func `without a night the way to one is told`() {
        let none = ["GET \(Self.nights)/active": (200, #"{"session":null,"message":"No"}"#)]
        for verb in ["status", "votes", "end", "add x", "room ABCD"] {
            let run = CommandRun("game-night \(verb)", none)
            #expect(run.code == .failure)
            #expect(run.error.contains("boresight game-night start"), "\(verb)")
        }
    }

    @Test func `a night is shown with its games and their rooms`() {
        #expect(
            CommandRun("game-night status", Self.replies).output == """
                night  5
                notes  Friday
                begun  2026-03-15T19:00:00.000Z
                ended  -

                TITLE       STATUS   ROOM  STATE            PLAYERS  UP  DOWN
                Quiplash 3  playing  ABCD  Lobby, CanStart  4        15  3

                """)
        #expect(
            CommandRun("game-night votes", Self.replies).output == """
                TITLE       UP  DOWN  SCORE
                Quiplash 3  14  3     11

                """)
    }
}
