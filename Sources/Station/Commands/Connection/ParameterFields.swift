import JSON

/// The parameters of a connection by their types; what is wrong is named.
struct ParameterFields {
    let json: JSONObject
    let limits: CommandLimits

    init(_ json: JSONObject, _ limits: CommandLimits) {
        self.json = json
        self.limits = limits
    }

    func text(_ key: String) throws(ConnectionParametersError) -> String {
        guard let text = try optionalText(key) else {
            throw ConnectionParametersError(message: "\"\(key)\" is required")
        }
        return text
    }

    /// Nil when the member is absent, null or empty.
    func optionalText(_ key: String) throws(ConnectionParametersError) -> String? {
        guard let text = try read(key, JSONObject.optionalString), !text.isEmpty else {
            return nil
        }
        guard text.utf8.count <= limits.parameterBytes, !text.utf8.contains(0) else {
            throw ConnectionParametersError(message: "\"\(key)\" is too long, or has a zero byte")
        }
        return text
    }

    func host(default: String? = nil) throws(ConnectionParametersError) -> String {
        guard let host = try optionalText("host") ?? `default` else {
            throw ConnectionParametersError(message: "\"host\" is required")
        }
        guard host.utf8.count <= limits.hostBytes, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw ConnectionParametersError(message: "\"host\" must be a host name or an address")
        }
        return host
    }

    func port(default: UInt16) throws(ConnectionParametersError) -> UInt16 {
        guard let number = try read("port", JSONObject.optionalInteger) else { return `default` }
        guard let port = UInt16(exactly: number), port > 0 else {
            throw ConnectionParametersError(message: "\"port\" must be a number from 1 to 65535")
        }
        return port
    }

    func timeout() throws(ConnectionParametersError) -> Duration {
        guard let timeout = try seconds("timeout") else { return limits.timeout }
        guard limits.timeouts.contains(timeout) else {
            throw ConnectionParametersError(message: "\"timeout\" must be from 1 to 3600 seconds")
        }
        return timeout
    }

    /// A number of seconds; nil when the member is absent or null.
    func seconds(_ key: String) throws(ConnectionParametersError) -> Duration? {
        guard let seconds = try read(key, JSONObject.optionalDouble) else { return nil }
        // Within what a duration of nanoseconds holds.
        guard (0...9e9).contains(seconds) else {
            throw ConnectionParametersError(message: "\"\(key)\" must be a number of seconds")
        }
        return .seconds(seconds)
    }

    func read<Value>(
        _ key: String, _ reading: (JSONObject) -> (String) throws(JSONFieldError) -> Value
    ) throws(ConnectionParametersError) -> Value {
        do throws(JSONFieldError) {
            return try reading(json)(key)
        } catch {
            throw ConnectionParametersError(message: error.description)
        }
    }

    /// As `seconds` reads it.
    static func json(seconds duration: Duration) -> JSONValue {
        let (seconds, attoseconds) = duration.components
        guard attoseconds != 0 else { return .integer(seconds) }
        return .number(Double(seconds) + Double(attoseconds) / 1e18)
    }
}
