package import Engine

/// News of a session, for whoever follows it; published about its user.
package struct WorkspaceNews: Sendable, Equatable {
    package enum Event: Sendable, Equatable {
        case started
        /// It will end so at that time, if nothing happens.
        case warning(WorkspaceSession.End, at: UTCTime)
        case ended
    }

    package let session: WorkspaceSession
    package let time: UTCTime
    package let event: Event
}
