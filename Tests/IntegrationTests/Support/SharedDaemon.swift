/// Daemons that several tests may ask, because they change nothing in them.
enum SharedDaemon {
    /// Without receiver, station or rotor. Its tests only send what is refused or only reads.
    static let plain = Task { try await DaemonProcess() }
}
