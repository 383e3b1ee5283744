import Engine
import JSON
import Recording
import Transport

/// Recordings as they are answered to somebody who looks at them.
struct RecordingContent {
    let folder: RecordingFolder
    let isRunning: @Sendable (_ name: String) -> Bool

    func listing() -> HTTPResponse {
        let recordings = folder.list().map { listed -> JSONValue in
            var json: JSONObject = [
                "name": .string(listed.name), "bytes": .integer(Int64(listed.bytes)),
                "isRunning": .bool(isRunning(listed.name)),
            ]
            switch listed.content {
            case .recording(let header):
                json["started"] = .string(header.utc.text(.microseconds))
                json["program"] = .string(PlainText.printable(header.program))
                json["pace"] = .string(header.pace.rawValue)
                json["fromStart"] = .bool(header.isFromStart)
            case .unreadable(let problem): json["problem"] = .string(problem)
            }
            return .object(json)
        }
        return Self.answer(JSONValue.object(["recordings": .array(recordings)]).bytes())
    }

    func scene(_ wish: SceneWish) throws(APIError) -> HTTPResponse {
        let bytes: [UInt8]
        do throws(RecordingFolder.Failure) {
            bytes = try folder.read(wish.recording)
        } catch {
            throw Self.refusal(of: wish.recording, error)
        }
        do throws(RecordingError) {
            var limits = ViewLimits()
            limits.entries = wish.entries
            let scene = try Scene(try RecordingReader(bytes), wish.filter, limits: limits)
            return Self.answer(TracePage.data(scene, name: wish.recording))
        } catch {
            throw APIError(422, "\(wish.recording) cannot be read: \(error.description)")
        }
    }

    private static func refusal(
        of name: String, _ failure: RecordingFolder.Failure
    ) -> APIError {
        switch failure {
        case .missing: APIError(404, "there is no recording \(name)")
        case .tooLarge(let bytes, let most):
            APIError(
                422,
                "\(name) has \(bytes / 1_000_000) MB, over \(most / 1_000_000) MB: copy it and "
                    + "look at it with 'boresight trace'")
        case .unreadable(let reason): APIError(500, "\(name) cannot be read: \(reason)")
        }
    }

    /// It tells where people were: nobody on the way keeps it.
    private static func answer(_ bytes: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: HTTPHeaders([
                ("Content-Type", "application/json"), ("Cache-Control", "no-store"),
            ]), body: bytes)
    }
}
