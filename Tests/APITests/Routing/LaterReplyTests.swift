import API
import Engine
import JSON
import Station
import Testing
import Transport

/// Answers that come in a later turn, shown by the routes that look at passwords.
@Suite struct LaterReplyTests {
    private static let login = #"{"username":"eva@example.org","password":"open sesame"}"#

    private func station() throws -> VirtualStation {
        let station = try VirtualStation()
        let added = station.call(
            "POST", "/v1/users", json: #"{"email":"eva@example.org","password":"open sesame"}"#,
            admin: true)
        #expect(added?.status == 201)
        return station
    }

    private func tokens(_ station: VirtualStation) -> Int {
        station.core.look { station.station.identity.enter { $0.allTokens().count } }
    }

    @Test func `the answer comes when it is known, and others are answered meanwhile`() throws {
        let station = try station()
        let login = station.ask("POST", "/api/v1/users/token/", json: Self.login)
        #expect(station.answer(to: login) == nil)
        #expect(station.call("GET", "/health")?.status == 200)
        station.answerPasswords()
        let answer = try #require(station.answer(to: login))
        #expect(answer.status == 200)
        #expect(answer.object["token"]?.stringValue?.utf8.count == 43)
        #expect(answer.headers["X-Request-Id"] != nil)
    }

    @Test func `for a client that has gone away nothing is made`() throws {
        let station = try station()
        let before = tokens(station)
        let login = station.ask("POST", "/api/v1/users/token/", json: Self.login)
        station.abandon(login)
        station.answerPasswords()
        #expect(station.answer(to: login) == nil)
        #expect(tokens(station) == before)
    }

    @Test func `a refusal comes later in its dialect too`() throws {
        let station = try station()
        let wrong = station.call(
            "POST", "/api/v1/users/token/",
            json: #"{"username":"eva@example.org","password":"no"}"#)
        #expect(wrong?.status == 400)
        let requests = (0..<2).map { _ in
            station.ask(
                "POST", "/v1/users", json: #"{"email":"bo@example.org","password":"secret"}"#,
                token: station.adminToken)
        }
        station.answerPasswords()
        let answers = requests.map { station.answer(to: $0) }
        #expect(answers.map { $0?.status } == [201, 409], "the second was first in the queue once")
        #expect(answers.last??.headers["Content-Type"] == "application/problem+json")
    }
}
