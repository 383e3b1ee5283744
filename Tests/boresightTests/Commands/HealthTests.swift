import Testing

@testable import boresight

@Suite struct HealthTests {
    private static let reply = """
        {"time":"2026-11-21T14:29:42.693Z","drivers":[{"kind":"store","name":"store",\
        "state":"ok","values":[]},{"kind":"gpsd","name":"receiver","state":"lost",\
        "detail":"nobody listens at that address","stateAgeSeconds":7.5,"values":[]},\
        {"kind":"rotor","name":"mast","state":"ok","stateAgeSeconds":90,\
        "address":"127.0.0.1:4533","values":[{"name":"azimuth","value":28.5,"unit":"degree",\
        "ageSeconds":0.4},{"name":"model","value":2}]}]}
        """

    @Test func `every value of a driver is a line with its age`() {
        let result = CommandRun("health", ["GET /v1/health": (200, Self.reply)])
        #expect(result.code == .success)
        #expect(
            result.output == """
                KIND   NAME      STATE  VALUE    READING                         AGE
                store  store     ok     -        -                               -
                gpsd   receiver  lost   state    nobody listens at that address  7.5 s
                rotor  mast      ok     state    ok                              90 s
                                        azimuth  28.5°                           0.4 s
                                        model    2                               -

                """)
    }

    @Test func `a program gets the server's JSON`() {
        let result = CommandRun("health -o json", ["GET /v1/health": (200, Self.reply)])
        #expect(result.output == Self.reply + "\n")
    }
}
