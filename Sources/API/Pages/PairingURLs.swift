import Transport

extension GatewaySettings {
    /// The addresses of the phone's page, best first: what the operator set, then the addresses of
    /// this machine, and where the asking browser reached it, which is of use to a phone unless it
    /// is the loopback.
    func pairingURLs(_ token: String, _ request: APIRequest) -> [String] {
        let scheme = request.http.isSecure ? "https" : "http"
        let host = request.http.headers["Host"] ?? "localhost"
        let isLoopback = ["localhost", "127.", "[::1]"].contains { host.hasPrefix($0) }
        let own = "\(scheme)://\(host)"
        let bases = isLoopback ? publicURLs + [own] : [own] + publicURLs
        var seen: Set<String> = []
        return bases.filter { seen.insert($0).inserted }.map { "\($0)/pair/\(token)" }
    }
}
