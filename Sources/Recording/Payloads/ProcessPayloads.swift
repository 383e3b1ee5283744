import Drivers
import Engine

extension ProcessRequest: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch action {
        case .start(let call):
            writer.plain("start", call.name)
            writer.plain("executable", call.executable)
            writer.texts("arguments", call.arguments.map(\.description))
            // The names and no more: values are where passwords and keys are handed over.
            writer.texts("environment", call.environment.keys.sorted())
            if let directory = call.workingDirectory { writer.plain("directory", directory) }
            switch call.output {
            case .log(let path, let bytes):
                writer.plain("log", path)
                writer.member("log_bytes", bytes)
            case .captured: break
            }
            switch call.readiness {
            case .atOnce: break
            case .port(let port): writer.member("port", Int(port))
            case .pickedPort: writer.plain("port", "picked")
            }
            writer.member("start_timeout_ns", call.startTimeout.nanoseconds)
            writer.member("stop_grace_ns", call.stopGrace.nanoseconds)
        case .stop: writer.member("stop", true)
        }
    }
}

extension ProcessReport: RecordedPayload {
    func write(into writer: inout PayloadWriter) {
        switch event {
        case .started(let port):
            writer.member("started", true)
            if let port { writer.member("port", Int(port)) }
        case .output(let bytes): writer.member("output", bytes)
        case .ended(let exitCode): writer.member("ended", Int(exitCode))
        case .signalled(let name): writer.plain("signalled", name)
        case .failed(let error): writer.plain("failed", error.name)
        }
    }
}
