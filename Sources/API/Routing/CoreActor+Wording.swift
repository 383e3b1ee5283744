import Engine

extension CoreActor {
    /// Enters the actor and words its refusal as an answer.
    nonisolated func enter<Success: Sendable, Refusal: Error>(
        throwing word: (Refusal) -> APIError,
        _ body: (isolated Self) throws(Refusal) -> Success
    ) throws(APIError) -> Success {
        do throws(Refusal) {
            return try enter(body)
        } catch {
            throw word(error)
        }
    }
}
