import CMicroHTTPD
import Glibc

/// One libmicrohttpd daemon without a thread, and its callbacks turned into method calls.
///
/// Confined to the transport's thread after `start`.
final class Listener {
    let index: Int
    let isSecure: Bool
    unowned let loop: TransportLoop
    private var daemon: OpaquePointer?
    private var certificate: UnsafeMutablePointer<CChar>?
    private var key: UnsafeMutablePointer<CChar>?
    /// True when the daemon has work that its descriptor does not show, such as a resumed request.
    var needsRun = true

    init(index: Int, isSecure: Bool, loop: TransportLoop) {
        self.index = index
        self.isSecure = isSecure
        self.loop = loop
    }

    /// Takes over the listening socket; false, and the socket stays the caller's, when the library
    /// refuses.
    func start(socket: Int32, tls: TLSIdentity?, limits: TransportLimits) -> Bool {
        certificate = tls.flatMap { strdup($0.certificateChain) }
        key = tls.flatMap { strdup($0.privateKey) }
        var configuration = cmhd_configuration()
        configuration.listen_socket = socket
        configuration.tls_certificate = UnsafePointer(certificate)
        configuration.tls_key = UnsafePointer(key)
        configuration.header_memory_bytes = limits.headerMemoryBytes
        configuration.connections_max = UInt32(clamping: limits.connections)
        configuration.idle_timeout_seconds = UInt32(clamping: limits.idleTimeout.components.seconds)
        configuration.context = Unmanaged.passUnretained(self).toOpaque()
        configuration.on_request = mhdRequest
        configuration.on_completed = mhdCompleted
        configuration.on_connection = mhdConnection
        configuration.on_target = mhdTarget
        daemon = cmhd_start(&configuration)
        return daemon != nil
    }

    var descriptor: Int32 { cmhd_epoll_descriptor(daemon) }

    /// Lets the daemon do what is due; call it again at once while this returns true.
    func run() -> Bool {
        needsRun = false
        MHD_run(daemon)
        return wait == .zero
    }

    /// How long the daemon can wait for its descriptor; nil means for ever.
    var wait: Duration? {
        var milliseconds: UInt64 = 0
        guard MHD_get_timeout(daemon, &milliseconds) == .YES else { return nil }
        return .milliseconds(Int64(clamping: milliseconds))
    }

    /// Stops accepting; the listening socket is the caller's again, to be closed.
    func quiesce() -> Int32 {
        MHD_quiesce_daemon(daemon)
    }

    /// Ends the daemon. No request may be suspended and no socket upgraded any more.
    func stop() {
        MHD_stop_daemon(daemon)
        daemon = nil
        free(certificate)
        free(key)
    }
}

// libmicrohttpd's callbacks: each finds its listener and calls a method, nothing else.

private func listener(_ context: UnsafeMutableRawPointer?) -> Listener? {
    context.map { Unmanaged<Listener>.fromOpaque($0).takeUnretainedValue() }
}

private func mhdTarget(
    _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?,
    _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let listener = listener(context), let target, let connection else { return nil }
    let request = listener.loop.begin(
        target: String(cString: target), on: connection, of: listener)
    // Balanced in `mhdCompleted`, which is called once for every request that begins.
    return Unmanaged.passRetained(request).toOpaque()
}

private func mhdRequest(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ url: UnsafePointer<CChar>?, _ method: UnsafePointer<CChar>?,
    _ version: UnsafePointer<CChar>?, _ upload: UnsafePointer<CChar>?,
    _ uploadSize: UnsafeMutablePointer<Int>?,
    _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let listener = listener(context), let opaque = state?.pointee, let method, let uploadSize
    else { return .NO }
    let request = Unmanaged<PendingRequest>.fromOpaque(opaque).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: upload, count: uploadSize.pointee)
    uploadSize.pointee = 0
    return listener.loop.advance(request, method: String(cString: method), bytes)
}

private func mhdCompleted(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_RequestTerminationCode
) {
    guard let listener = listener(context), let opaque = state?.pointee else { return }
    state?.pointee = nil
    listener.loop.completed(Unmanaged<PendingRequest>.fromOpaque(opaque).takeRetainedValue())
}

private func mhdConnection(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ code: MHD_ConnectionNotificationCode
) {
    guard let listener = listener(context), let connection else { return }
    if cmhd_has_started(code) {
        listener.loop.connected(connection)
    } else {
        listener.loop.disconnected(connection)
    }
}
