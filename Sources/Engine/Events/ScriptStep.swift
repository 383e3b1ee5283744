/// One scheduled piece of a script; runs once and frees its handler.
final class ScriptStep {
    var handler: HandlerID?
    private let body: @Sendable () -> Void

    init(body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    func run(in core: Core) {
        if let handler { core.retire(handler) }
        body()
    }
}
