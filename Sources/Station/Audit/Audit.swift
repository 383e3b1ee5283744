package import Engine

/// Who did what, in order, so that a change of it shows.
package actor Audit: CoreActor {
    package nonisolated let core: Core

    init(core: Core) {
        self.core = core
    }

    package func add(_ event: AuditEvent) {}
}
