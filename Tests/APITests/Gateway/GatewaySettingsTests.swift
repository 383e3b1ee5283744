import API
import Testing

@Suite struct GatewaySettingsTests {
    @Test(arguments: [
        ("/api/rotors", 1), ("/game-night/api/sessions", 1),
        ("/game-night/api/sessions/1/chat-import", 16), ("/api/sessions/1/chat-import", 16),
        ("/game-night/api/sessions/1/chat-import/", 1), ("/", 1),
    ])
    func `only a chat may be larger than a mebibyte, at either place`(
        _ path: String, _ mebibytes: Int
    ) {
        #expect(GatewaySettings.bodyLimit(path: path) == mebibytes * 1024 * 1024)
    }
}
