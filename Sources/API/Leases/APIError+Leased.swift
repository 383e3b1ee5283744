import Engine
import Station

extension APIError {
    /// Somebody else has the device: 409, in the dialect of the API that was called.
    init(leasedBy user: String, since: UTCTime, _ station: FieldStation) {
        let owner = station.identity.enter { try? $0.user(named: user) }?.email ?? user
        self.init(
            409, "the device is leased by \(owner) since \(since.text(.milliseconds))",
            code: "device_unavailable")
    }
}
