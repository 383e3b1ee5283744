/// What is to be answered to a request with content that the core never sees.
package struct ContentPlan: Sendable, Equatable {
    /// How long it takes to make, which decides with what else it waits.
    package enum Pace: String, Sendable, CaseIterable {
        /// A few milliseconds, such as one place in a file.
        case quick
        /// Seconds, such as a whole file that is read and understood.
        case slow
    }

    /// What is wanted, in the words of the source that makes it.
    package let wanted: [String]
    package let pace: Pace
    /// The entity tags that the client has (RFC 9110 §13.1.2); nil for none.
    package let knownTags: String?
    /// Of the answer, besides those of the source.
    package let headers: HTTPHeaders

    package init(
        wanted: [String], pace: Pace, knownTags: String? = nil,
        headers: HTTPHeaders = HTTPHeaders()
    ) {
        self.wanted = wanted
        self.pace = pace
        self.knownTags = knownTags
        self.headers = headers
    }
}

/// What makes content outside of the core. Where there is none, nobody waits for the answer either:
/// in virtual time and in replays a plan is an output like any other.
package protocol ContentSource: Sendable {
    /// Makes the answer, which gets the plan's headers besides its own.
    ///
    /// Called on a thread that may block, for each pace on one of its own.
    func answer(to plan: ContentPlan) -> HTTPResponse
    /// The answer while too much of that pace waits. Called on the transport's thread.
    func refusal(of plan: ContentPlan) -> HTTPResponse
}
