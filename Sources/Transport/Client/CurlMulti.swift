import CCurl

/// Owns one libcurl multi handle: many transfers on one thread. Not thread-safe.
final class CurlMulti {
    private let pointer: UnsafeMutableRawPointer

    /// - Parameter keptConnections: idle ones, for the next call of the same server.
    init(keptConnections: Int) throws(ClientError) {
        guard let pointer = curl_multi_init() else {
            throw .broken(reason: "libcurl cannot start")
        }
        self.pointer = pointer
        ccurl_keep_connections(pointer, keptConnections)
    }

    /// Every handle must have been removed.
    deinit {
        curl_multi_cleanup(pointer)
    }

    /// Starts a transfer. A handle that only connects stays in here as long as its connection.
    func add(_ handle: CurlHandle) throws(ClientError) {
        let code = curl_multi_add_handle(pointer, handle.pointer)
        guard code == CURLM_OK else {
            throw .broken(reason: String(cString: curl_multi_strerror(code)))
        }
    }

    /// Ends a transfer, and the connection of a handle that only connects.
    func remove(_ handle: CurlHandle) {
        curl_multi_remove_handle(pointer, handle.pointer)
    }

    /// Lets every transfer get on; whether any goes on, and the ones that have ended.
    func perform() -> (
        isRunning: Bool, ended: [(handle: UnsafeMutableRawPointer, code: CURLcode)]
    ) {
        var running: Int32 = 0
        curl_multi_perform(pointer, &running)
        var ended: [(handle: UnsafeMutableRawPointer, code: CURLcode)] = []
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle
            else { continue }
            ended.append((handle, message.pointee.data.result))
        }
        return (running > 0, ended)
    }

    /// Waits for a transfer, a descriptor or the time; false when the system cannot wait.
    func wait(for entries: inout [curl_waitfd], milliseconds: Int32) -> Bool {
        var ready: Int32 = 0
        let code = entries.withUnsafeMutableBufferPointer {
            curl_multi_poll(pointer, $0.baseAddress, UInt32($0.count), milliseconds, &ready)
        }
        return code == CURLM_OK
    }
}
